import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";

export type GuardianMessage = { watch: number } | { forget: number } | { folder: string } | { done: true };

export interface Guardian extends AsyncDisposable {
  readonly pid: number | undefined;
  /** From now on this process group ends with us. */
  watch(pid: number): void;
  forget(pid: number): void;
  /** This folder is deleted if we are killed. */
  deleteWithUs(folder: string): void;
}

/**
 * Starts the process that ends the watched ones, and deletes the folders, if this process dies without doing so itself
 * (SIGKILL, a crash). It learns of that by the end of its standard input, which no kind of death can prevent.
 */
export function startGuardian(): Guardian {
  const child = spawn(process.execPath, [fileURLToPath(new URL("guardian-process.ts", import.meta.url))], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.stdin.on("error", () => {});
  child.on("error", () => {});
  // Neither the process nor the pipe to it keeps us running.
  child.unref();
  (child.stdin as Socket).unref();
  const send = (message: GuardianMessage) => {
    child.stdin.write(`${JSON.stringify(message)}\n`);
  };
  return {
    pid: child.pid,
    watch: (pid) => send({ watch: pid }),
    forget: (pid) => send({ forget: pid }),
    deleteWithUs: (folder) => send({ folder }),
    async [Symbol.asyncDispose]() {
      send({ done: true });
      child.stdin.end();
      child.ref();
      await exited;
    },
  };
}
