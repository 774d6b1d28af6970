import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { text } from "node:stream/consumers";
import { waitUntil } from "@tareas/local-stack/wait-until";

const root = join(import.meta.dirname, "../../..");
const shell = { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", METRICS_PORT: "0" };

function spawnUsers(env: NodeJS.ProcessEnv) {
  return spawn(process.execPath, ["subgraphs/users/src/main.ts"], {
    cwd: root,
    env: { ...shell, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export interface UsersProcess extends AsyncDisposable {
  readonly url: string;
  /** All lines that it logged so far. */
  readonly logs: readonly string[];
  /** SIGSTOP: it gets no processor time, and its connections stay open. */
  freeze(): void;
  /** SIGCONT. */
  thaw(): void;
}

/** Starts a users subgraph beside that of the stack, on a free port, and waits until it is ready, or only listens. */
export async function startUsersProcess(
  env: NodeJS.ProcessEnv,
  until: "ready" | "listening" = "ready",
): Promise<UsersProcess> {
  const child = spawnUsers(env);
  child.stderr.pipe(process.stderr);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`the users subgraph ended with ${code}`);
  };
  try {
    const logs: string[] = [];
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => logs.push(line));
    const url = await urlOf(lines);
    const isReady = async () => (await fetch(`${url}/health/ready`)).ok;
    if (until === "ready") await waitUntil(isReady, { timeoutMs: 10_000, what: "the users subgraph to be ready" });
    const signals = { freeze: () => void child.kill("SIGSTOP"), thaw: () => void child.kill("SIGCONT") };
    return { url, logs, ...signals, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function urlOf(lines: Interface): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  lines.on("line", (line) => {
    const { msg, url } = JSON.parse(line) as { msg: string; url?: string };
    if (url && msg === "users subgraph ready") resolve(url);
  });
  lines.once("close", () => reject(new Error("the users subgraph ended before it listened")));
  return promise;
}

/** Runs a users subgraph that is expected not to start. */
export async function runUsersProcess(env: NodeJS.ProcessEnv): Promise<{ code: number; stderr: string }> {
  const child = spawnUsers(env);
  const timer = setTimeout(() => child.kill("SIGKILL"), 20_000);
  child.stdout.resume();
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  clearTimeout(timer);
  return { code, stderr };
}
