import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { inheritedEnv } from "../src/config.ts";
import { signalGroup } from "../src/process/signal-group.ts";
import { waitUntil } from "../src/wait-until.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface NpmStart extends AsyncDisposable {
  /** What the terminal shows so far. */
  readonly lines: string[];
  /** Resolves with the first line that matches, once it is there. */
  line(pattern: RegExp, timeoutMs?: number): Promise<string>;
  /** A signal to the whole foreground group, as a terminal sends it. */
  signal(signal: NodeJS.Signals): void;
  /** A signal to npm alone, as `kill` sends it. */
  signalNpm(signal: NodeJS.Signals): void;
  /** The exit code, once npm and all that writes to its terminal have ended; null when npm was ended by a signal. */
  exitCode: Promise<number | null>;
}

/** `npm start` as a user runs it in the repository's folder, with these settings. */
export function npmStart(settings: Record<string, string>): NpmStart {
  const env = { ...inheritedEnv(), MONGOD_PROVIDER: "", NO_COLOR: "1", ...settings };
  const child: ChildProcess = spawn("npm", ["start"], {
    cwd: root,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface({ input: stream }).on("line", (line) => lines.push(line));
  let hasEnded = false;
  const exitCode = new Promise<number | null>((resolve) => child.once("close", resolve)).finally(() => {
    hasEnded = true;
  });
  return {
    lines,
    async line(pattern, timeoutMs = 60_000) {
      const find = () => {
        const found = lines.find((line) => pattern.test(line));
        if (found === undefined && hasEnded) throw new Error(`it ended without ${pattern}:\n${lines.join("\n")}`);
        return found;
      };
      return waitUntil(find, { timeoutMs, what: String(pattern) });
    },
    signal: (signal) => void signalGroup(child.pid as number, signal),
    signalNpm: (signal) => void child.kill(signal),
    exitCode,
    async [Symbol.asyncDispose]() {
      signalGroup(child.pid as number, "SIGTERM");
      await exitCode;
    },
  };
}
