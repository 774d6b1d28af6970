import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { lastWords } from "./last-words.ts";

export interface RunOptions {
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
  /** Ends the program. */
  signal?: AbortSignal | undefined;
  cwd?: string;
  /** Each line of its standard output. */
  onLine?: (line: string) => void;
}

/**
 * Runs a program to its end. Rejects with the last line of its standard error when it fails, is not there, or takes
 * longer than `timeoutMs`.
 */
export async function runProgram(command: string, args: string[], options: RunOptions): Promise<void> {
  const { env, cwd, timeoutMs, signal, onLine } = options;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(command, args, { env, cwd, signal, stdio: ["ignore", "pipe", "pipe"] });
  const errorLines: string[] = [];
  let tookTooLong = false;
  const timer = setTimeout(() => {
    tookTooLong = child.kill("SIGKILL");
  }, timeoutMs);
  createInterface({ input: child.stdout }).on("line", (line) => onLine?.(line));
  createInterface({ input: child.stderr }).on("line", (line) => {
    // pip's remarks, which it makes last.
    if (!/^(WARNING:|\[notice\])/.test(line)) errorLines.push(line);
  });
  child.once("error", (error) => reject(notStarted(command, error)));
  child.once("close", (code, signal) => {
    if (code === 0) resolve();
    else if (tookTooLong) reject(new Error(`${command} took longer than ${timeoutMs / 1000} s`));
    else reject(new Error(lastWords(errorLines) ?? `${command} ended with ${signal ?? `exit code ${code}`}`));
  });
  await promise.finally(() => clearTimeout(timer));
}

function notStarted(command: string, error: NodeJS.ErrnoException): Error {
  return error.code === "ENOENT" ? new Error(`there is no ${command} on PATH`) : error;
}
