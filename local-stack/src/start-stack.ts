import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { type MongodSettings, readMongodSettings } from "./config.ts";
import { type Deployment, planDeployment } from "./instances.ts";
import { givenUri, type Mongodb, type MongodbOptions, mongodbUri, startMongodb } from "./mongodb/start-mongodb.ts";
import { direct, type Network } from "./network.ts";
import { type PortBlock, requireFreePorts, reservePorts } from "./ports.ts";
import { type Guardian, startGuardian } from "./process/guardian.ts";
import { createServices, type RunningService, runMigrations } from "./service-processes.ts";
import {
  databaseName,
  mailDir,
  type ServiceName,
  type ServiceSettings,
  serviceKeyPath,
  serviceNames,
  serviceUrl,
} from "./services.ts";
import type { OnStackEvent } from "./stack-events.ts";

export type Niceness = Partial<Record<ServiceName | "mongodb", number>>;

export interface StackOptions {
  /** Default: one member, a throw-away folder, a free port. Three members are always started, MONGODB_URI or not. */
  mongodb?: {
    members?: 1 | 3;
    dataDir?: string;
    /** Where mongod comes from. Default: as the environment says. */
    settings?: MongodSettings;
    /** Of the first member; the others take the next ones. */
    port?: number;
    /** Extra parameters (`--setParameter`) of mongod, as for its fail points; a MongoDB is always started then too. */
    parameters?: Readonly<Record<string, string>>;
    /** Start a dead member again; default false, so that `kill` leaves it dead until `start`. */
    restart?: boolean;
  };
  /** Default: free ports, chosen once and kept over restarts. */
  ports?: Partial<Record<ServiceName, number>>;
  /** Where the metrics of each server are. Default: free ports. */
  metricsPorts?: Partial<Record<ServiceName, number>>;
  /** Extra environment per service. */
  env?: Partial<Record<ServiceName, NodeJS.ProcessEnv>>;
  /** How many processes of each service. Default: one. */
  replicas?: Partial<Record<ServiceName, number>>;
  /** How much each yields the processor to the others, from 0 to 19, as in nice(1). Default: 0. */
  niceness?: Niceness;
  /** What lies between the parts. Default: nothing. */
  network?: Network;
  /** Default: all three. */
  services?: readonly ServiceName[];
  /** Where the access token key and the copies of the JWKS lie. Default: a throw-away folder. */
  stateDir?: string;
  /** Where `<service>.log` is appended to. Default: nowhere for the servers; mongod's lies beside its data. */
  logDir?: string;
  /** From SIGTERM to SIGKILL for a server that is stopped. Default: 10 s. */
  stopGraceMs?: number;
  /** Start a dead server again, with back-off. Default true. */
  restart?: boolean;
  onEvent?: OnStackEvent;
  /** Ends the start: it throws the signal's reason, with nothing left running. */
  signal?: AbortSignal;
  /** Each line that a server prints. */
  onLine?: (process: string, line: string) => void;
}

export interface Stack extends AsyncDisposable {
  /** The first process of each service. */
  readonly users: RunningService;
  readonly tasks: RunningService;
  readonly router: RunningService;
  /** All processes of each. */
  readonly processes: Record<ServiceName, readonly RunningService[]>;
  /** Where clients come in: the router as one, however many processes it has. */
  readonly url: string;
  readonly mongodb: Mongodb;
  /** The names of the databases of this stack. */
  readonly databases: { users: string; tasks: string };
  /** Where the secret lies by which the servers know each other. */
  readonly serviceKeyFile: string;
  /** Where the users subgraph puts its mails, unless MAIL_URL says otherwise. */
  readonly mailDir: string;
}

/**
 * Starts MongoDB, both subgraphs and the router as processes, and resolves when all of them are ready.
 * `await using` stops them, router first, and deletes the throw-away folders; a guardian process does so when we are
 * killed. Throws a StartFailure with one line when one of them cannot start, and leaves nothing running then.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  await using resources = new AsyncDisposableStack();
  const guardian = resources.use(startGuardian());
  const ports = resources.use(await reservePorts());
  const scratch = await throwAwayFolder(guardian, resources);
  const mongodbSettings = await mongodbOptions(options, scratch, ports, guardian);
  const settings = await serviceSettings(options, scratch, ports, mongodbSettings);
  const names = options.services ?? serviceNames;
  await requireFreePorts(names.flatMap((name) => settings.deployments[name].instances.map(({ port }) => port)));
  let mongodb: Mongodb | undefined;
  resources.defer(async () => mongodb?.[Symbol.asyncDispose]());
  if (settings.databasePrefix !== "") resources.defer(() => dropDatabases(settings));
  const services = resources.use(createServices(settings, { ...options, guardian }));
  // The router needs no database: it gets ready while MongoDB does.
  await services.start(names.filter((name) => name === "router"));
  mongodb = await startMongodb(mongodbSettings);
  await runMigrations(names, settings, options.signal);
  await services.start(names);
  await services.ready(names);
  const databases = { users: databaseName("users", settings), tasks: databaseName("tasks", settings) };
  const owned = resources.move();
  const files = { serviceKeyFile: serviceKeyPath(settings), mailDir: mailDir(settings) };
  const { users, tasks, router } = services.byName;
  return {
    users: first(users),
    tasks: first(tasks),
    router: first(router),
    processes: services.byName,
    url: serviceUrl("router", settings),
    mongodb,
    databases,
    ...files,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

const first = ([process]: readonly RunningService[]) => process as RunningService;

async function throwAwayFolder(guardian: Guardian, resources: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tareas-"));
  guardian.deleteWithUs(folder);
  resources.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}

async function mongodbOptions(
  options: StackOptions,
  scratch: string,
  block: PortBlock,
  guardian: Guardian,
): Promise<MongodbOptions> {
  const { members = 1, dataDir, port, parameters = {}, restart = false } = options.mongodb ?? {};
  const ports: number[] = [];
  for (let index = 0; index < members; index++) ports.push(port === undefined ? await block.next() : port + index);
  const { link } = options.network ?? direct;
  const reachedAt = await Promise.all(ports.map((port, index) => link(`mongod-${index}`, port)));
  const folder = dataDir ?? join(scratch, "mongodb");
  return {
    settings: mongodSettings(members > 1 || Object.keys(parameters).length > 0, options.mongodb?.settings),
    ...{ ports, reachedAt, parameters, restart, guardian, niceness: options.niceness?.mongodb ?? 0 },
    dataDir: folder,
    logDir: options.logDir ?? (dataDir === undefined ? scratch : folder),
    throwAway: dataDir === undefined,
    ...(options.signal && { signal: options.signal }),
    ...(options.onEvent && { onEvent: options.onEvent }),
  };
}

/** The members of a given replica set are not ours to kill or to change: who asks for that gets a new one. */
function mongodSettings(own: boolean, settings = readMongodSettings()): MongodSettings {
  if (!own) return settings;
  return { ...settings, uri: undefined, provider: settings.provider === "uri" ? undefined : settings.provider };
}

async function serviceSettings(
  options: StackOptions,
  scratch: string,
  block: PortBlock,
  mongodb: MongodbOptions,
): Promise<ServiceSettings> {
  const network = options.network ?? direct;
  const deployment = (service: ServiceName): Promise<Deployment> => {
    const ports = { port: options.ports?.[service], metricsPort: options.metricsPorts?.[service] };
    return planDeployment({ service, replicas: options.replicas?.[service] ?? 1, ...ports }, block, network);
  };
  const router = await deployment("router");
  const deployments = { router, users: await deployment("users"), tasks: await deployment("tasks") };
  // On a MongoDB that others use too, a throw-away stack has databases of its own.
  const isGuest = givenUri(mongodb.settings) !== undefined && mongodb.throwAway;
  return {
    deployments,
    mongodbUri: mongodbUri(mongodb),
    databasePrefix: isGuest ? `tareas-${process.pid}-${router.entrance}-` : "",
    stateDir: options.stateDir ?? scratch,
    env: options.env ?? {},
  };
}

/** The chosen ports, and free ones for the rest. */
async function dropDatabases(settings: ServiceSettings): Promise<void> {
  const client = new MongoClient(settings.mongodbUri);
  try {
    for (const service of ["users", "tasks"] as const) await client.db(databaseName(service, settings)).dropDatabase();
  } finally {
    await client.close();
  }
}
