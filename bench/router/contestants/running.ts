import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "@tareas/local-stack/ports";
import { SupervisedProcess } from "@tareas/local-stack/process/supervised-process";
import { localUrl, repositoryRoot } from "@tareas/local-stack/services";
import { memoryBytes, processorSeconds } from "../processor-time.ts";
import type { Surroundings } from "../surroundings.ts";
import type { WorkloadName } from "../workloads/workloads.ts";
import type { Contestant } from "./contestant.ts";

/** A server that is there to be measured. */
export interface Running extends AsyncDisposable {
  readonly contestant: Contestant;
  /** From its start until it answered a query; null when it was started by somebody else, as the rest below. */
  readonly startMs: number | null;
  urlFor(workload: WorkloadName): string;
  /** Of processors, that it has used so far. */
  seconds(): Promise<number | null>;
  bytes(): Promise<number | null>;
  /** Whether it still runs, as far as anybody knows. */
  isThere(): boolean;
  /** Resolves when it has nothing more to do: what its clients have left behind would take the next one's processor. */
  atRest(): Promise<void>;
}

const readyTimeoutMs = 60_000;
const lookEveryMs = 250;
/** So much of a processor, in seconds, a server may use between two looks that has nothing to do. */
const idleSeconds = 0.03;
const restTimeoutMs = 60_000;
/** Straight into a file: reading a line for each request would take time of those who ask. */
const toLogFile = 'exec "$0" "$@" >"$LOG_FILE"';

/** Starts a server on the given processors, and resolves when it is ready. */
export async function startContestant(
  contestant: Contestant,
  surroundings: Surroundings,
  cores: string,
): Promise<Running> {
  const { url, program, path } = contestant;
  if (!program) return startedElsewhere(contestant, url ?? "");
  const port = await freePort();
  const logFile = join(surroundings.folder, `${contestant.name}.log`);
  const { command, args, env } = await program(surroundings, port);
  const server = new SupervisedProcess({
    name: contestant.name,
    command: "sh",
    args: ["-c", toLogFile, "taskset", "--cpu-list", cores, command, ...args],
    cwd: repositoryRoot,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_FILE: logFile, ...env },
    isReady: () => answers(localUrl(port) + path("tasks20"), surroundings.viewers.tokens[0] ?? ""),
    readyTimeoutMs,
    restart: false,
    guardian: surroundings.guardian,
  });
  await using resources = new AsyncDisposableStack();
  resources.use(server);
  const startedAt = performance.now();
  await server.start();
  await server.ready();
  const startMs = performance.now() - startedAt;
  const owned = resources.move();
  const ask = async <T>(question: (pid: number) => Promise<T>) => (server.pid ? question(server.pid) : null);
  return {
    contestant,
    startMs,
    urlFor: (workload) => localUrl(port) + path(workload),
    seconds: () => ask(processorSeconds),
    bytes: () => ask(memoryBytes),
    isThere: () => server.pid !== undefined,
    atRest: () => untilAtRest(() => ask(processorSeconds)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function untilAtRest(seconds: () => Promise<number | null>): Promise<void> {
  const latest = performance.now() + restTimeoutMs;
  let before = await seconds();
  while (before !== null && performance.now() < latest) {
    await delay(lookEveryMs);
    const now = await seconds();
    if (now === null || now - before <= idleSeconds) return;
    before = now;
  }
}

/** Whether it answers a query: not all of them have a path for health checks. */
async function answers(url: string, token: string): Promise<boolean> {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  try {
    const response = await fetch(url, { method: "POST", headers, body: '{"query":"{ __typename }"}' });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

function startedElsewhere(contestant: Contestant, url: string): Running {
  return {
    contestant,
    startMs: null,
    urlFor: () => url,
    seconds: async () => null,
    bytes: async () => null,
    isThere: () => true,
    atRest: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
}
