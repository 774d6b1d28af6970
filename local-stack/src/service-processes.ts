import { join } from "node:path";
import type { Instance } from "./instances.ts";
import type { Guardian } from "./process/guardian.ts";
import { answersOk } from "./process/http-ready.ts";
import { runProgram } from "./process/run-program.ts";
import { SupervisedProcess } from "./process/supervised-process.ts";
import {
  localUrl,
  mainScript,
  migrateScript,
  nodeArguments,
  repositoryRoot,
  type ServiceName,
  type ServiceSettings,
  serviceEnv,
} from "./services.ts";
import type { OnStackEvent } from "./stack-events.ts";
import { oneLine, StartFailure } from "./start-failure.ts";

/** A server as a supervised process, with the addresses at which it answers: "http://127.0.0.1:4000". */
export type RunningService = SupervisedProcess & { readonly url: string; readonly metricsUrl: string };

export interface ServiceProcesses extends AsyncDisposable {
  readonly byName: Record<ServiceName, readonly RunningService[]>;
  /** Spawns those that do not run yet. */
  start(names: readonly ServiceName[]): Promise<void>;
  /** Resolves when all of these are ready; throws a StartFailure when one cannot start. */
  ready(names: readonly ServiceName[]): Promise<void>;
}

export interface ServiceOptions {
  guardian: Guardian;
  signal?: AbortSignal;
  logDir?: string;
  restart?: boolean;
  stopGraceMs?: number;
  niceness?: Partial<Record<ServiceName, number>>;
  onEvent?: OnStackEvent;
  onLine?: (process: string, line: string) => void;
}

const migrationTimeoutMs = 60_000;

/** Makes the indexes of those services that have some, side by side. Throws a StartFailure with the program's own line. */
export async function runMigrations(
  names: readonly ServiceName[],
  settings: ServiceSettings,
  signal?: AbortSignal,
): Promise<void> {
  const subgraphs = names.filter((name) => name !== "router");
  await Promise.all(subgraphs.map((name) => migrate(name, settings, signal)));
}

async function migrate(
  name: Exclude<ServiceName, "router">,
  settings: ServiceSettings,
  signal?: AbortSignal,
): Promise<void> {
  try {
    const script = join(repositoryRoot, migrateScript(name));
    const env = serviceEnv(settings.deployments[name].instances[0] as Instance, settings);
    await runProgram(process.execPath, [script], { env, cwd: repositoryRoot, timeoutMs: migrationTimeoutMs, signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw new StartFailure(`${name}: its indexes could not be made: ${oneLine(error)}`);
  }
}

/** All servers, none of them started. Disposing of them stops the router first, as in a roll-out. */
export function createServices(settings: ServiceSettings, options: ServiceOptions): ServiceProcesses {
  const processesOf = (name: ServiceName) =>
    settings.deployments[name].instances.map((instance) => serviceProcess(instance, settings, options));
  const byName = { users: processesOf("users"), tasks: processesOf("tasks"), router: processesOf("router") };
  const each = async (names: readonly ServiceName[], act: (server: RunningService) => Promise<void>) => {
    await Promise.all(names.flatMap((name) => byName[name].map(act)));
  };
  return {
    byName,
    start: (names) => each(names, (server) => server.start()),
    ready: (names) => each(names, (server) => server.ready()),
    async [Symbol.asyncDispose]() {
      await each(["router"], (server) => server[Symbol.asyncDispose]());
      await each(["users", "tasks"], (server) => server[Symbol.asyncDispose]());
    },
  };
}

function serviceProcess(instance: Instance, settings: ServiceSettings, options: ServiceOptions): RunningService {
  const { guardian, logDir, restart, stopGraceMs, niceness, signal, onEvent, onLine } = options;
  const { service, name } = instance;
  const url = localUrl(instance.port);
  const supervised = new SupervisedProcess({
    name,
    command: process.execPath,
    args: [...nodeArguments, mainScript(service)],
    cwd: repositoryRoot,
    env: serviceEnv(instance, settings),
    isReady: () => answersOk(`${url}/health/ready`),
    guardian,
    niceness: niceness?.[service] ?? 0,
    ...(logDir !== undefined && { logFile: join(logDir, `${name}.log`) }),
    ...(restart !== undefined && { restart }),
    ...(stopGraceMs !== undefined && { stopGraceMs }),
    ...(signal && { signal }),
    ...(onEvent && { onEvent }),
    ...(onLine && { onLine: (line: string) => onLine(name, line) }),
  });
  return Object.assign(supervised, { url, metricsUrl: localUrl(instance.metricsPort) });
}
