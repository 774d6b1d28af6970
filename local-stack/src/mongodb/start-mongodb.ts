import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { MongodProvider, MongodSettings } from "../config.ts";
import { requireFreePorts } from "../ports.ts";
import type { Guardian } from "../process/guardian.ts";
import type { SupervisedProcess } from "../process/supervised-process.ts";
import type { OnStackEvent } from "../stack-events.ts";
import { waitUntil } from "../wait-until.ts";
import { findMongod } from "./find-mongod.ts";
import { memberFolder, mongodProcess } from "./mongod-process.ts";
import { formReplicaSet, isWhole, primaryPort, replicaSetUri } from "./replica-set.ts";

export interface MongodbOptions {
  settings: MongodSettings;
  /** One port per member: that many members are started. */
  ports: number[];
  /** The ports at which the members are reached, by each other too, when something lies in between. */
  reachedAt?: number[];
  /** Extra parameters (`--setParameter`) of each member. */
  parameters?: Readonly<Record<string, string>>;
  dataDir: string;
  logDir: string;
  /** Nobody will read the data again: members are killed instead of shut down. */
  throwAway: boolean;
  /** Start a member again, with back-off, when it dies. */
  restart: boolean;
  niceness?: number;
  guardian?: Guardian;
  signal?: AbortSignal;
  onEvent?: OnStackEvent;
}

export interface MongodbMember {
  /** "mongod", or of several "mongod-0", "mongod-1". */
  readonly name: string;
  /** Where it listens. */
  readonly port: number;
  readonly pid: number | undefined;
  readonly restarts: number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it listens. */
  start(): Promise<void>;
  pause(): void;
  resume(): void;
}

export interface Mongodb extends AsyncDisposable {
  readonly uri: string;
  readonly provider: MongodProvider;
  /** "6.0.5"; undefined for a given URI. */
  readonly version: string | undefined;
  /** Empty for a given URI. */
  readonly members: readonly MongodbMember[];
  /** The member that is primary now; waits up to `timeoutMs` (default 30 s) for an election. */
  primary(timeoutMs?: number): Promise<MongodbMember>;
  /** Resolves when every member follows the primary again: before that, the loss of one more may stop all writes. */
  whole(timeoutMs?: number): Promise<void>;
}

/** The URI to use as it is; undefined when mongods are to be started. */
export function givenUri({ uri, provider = "uri" }: MongodSettings): string | undefined {
  return provider === "uri" ? uri : undefined;
}

/** Where the replica set will answer; known before it is started. */
export function mongodbUri({
  settings,
  ports,
  reachedAt = ports,
}: Pick<MongodbOptions, "settings" | "ports" | "reachedAt">): string {
  return givenUri(settings) ?? replicaSetUri(reachedAt);
}

/**
 * A replica set with a primary: the one at `settings.uri`, taken as it is, or of as many mongods as there are ports.
 * Throws a StartFailure when no mongod can be had or it cannot start.
 */
export async function startMongodb(options: MongodbOptions): Promise<Mongodb> {
  const { settings, onEvent, signal } = options;
  const uri = givenUri(settings);
  if (uri !== undefined) {
    onEvent?.({ type: "mongodb-chosen", provider: "uri", version: undefined });
    return givenMongodb(uri);
  }
  const { provider, version, path } = await findMongod(settings, { onEvent, signal });
  onEvent?.({ type: "mongodb-chosen", provider, version });
  await requireFreePorts(options.ports);
  await using resources = new AsyncDisposableStack();
  const processes = options.ports.map((port, index) => resources.use(memberProcess(path, port, index, options)));
  await Promise.all(processes.map(startMember));
  await formReplicaSet(options.ports, options.reachedAt ?? options.ports, signal);
  const members = options.ports.map((port, index) => memberHandle(processes[index] as SupervisedProcess, port));
  const owned = resources.move();
  return {
    uri: mongodbUri(options),
    provider,
    version,
    members,
    primary: (timeoutMs = 30_000) => waitForPrimary(members, timeoutMs),
    whole: async (timeoutMs = 30_000) => {
      await waitUntil(() => isWhole(options.ports), { timeoutMs, what: "all members to follow the primary" });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

// A secondary that reads from a member which hangs notices it this much sooner, and with it writes that wait for a
// majority: 4 s after the primary has stopped instead of 12. The default is 5.
const quickReplication = { oplogNetworkTimeoutBufferSeconds: "1" };

function memberProcess(binary: string, port: number, index: number, options: MongodbOptions): SupervisedProcess {
  const { ports, parameters, dataDir, logDir, throwAway, restart, niceness = 0, guardian, signal, onEvent } = options;
  const name = ports.length === 1 ? "mongod" : `mongod-${index}`;
  const folder = ports.length === 1 ? dataDir : memberFolder(dataDir, index);
  mkdirSync(folder, { recursive: true });
  mkdirSync(logDir, { recursive: true });
  return mongodProcess({
    ...{ name, binary, port, folder, throwAway, restart, niceness },
    logFile: join(logDir, `${name}.log`),
    parameters: ports.length === 1 ? { ...parameters } : { ...quickReplication, ...parameters },
    ...(guardian && { guardian }),
    ...(signal && { signal }),
    ...(onEvent && { onEvent }),
  });
}

async function startMember(member: SupervisedProcess): Promise<void> {
  await member.start();
  await member.ready();
}

function memberHandle(member: SupervisedProcess, port: number): MongodbMember {
  return {
    name: member.name,
    port,
    get pid() {
      return member.pid;
    },
    get restarts() {
      return member.restarts;
    },
    kill: () => member.kill(),
    start: () => startMember(member),
    pause: () => member.pause(),
    resume: () => member.resume(),
  };
}

function waitForPrimary(members: MongodbMember[], timeoutMs: number): Promise<MongodbMember> {
  const ports = members.map(({ port }) => port);
  const find = async () => {
    const port = await primaryPort(ports);
    return members.find((member) => member.port === port);
  };
  return waitUntil(find, { timeoutMs, what: "a primary" });
}

function givenMongodb(uri: string): Mongodb {
  const notOurs = async () => {
    throw new Error("the members of a replica set given by MONGODB_URI are not ours");
  };
  const ours = { members: [], primary: notOurs, whole: notOurs };
  return { uri, provider: "uri", version: undefined, ...ours, [Symbol.asyncDispose]: async () => {} };
}
