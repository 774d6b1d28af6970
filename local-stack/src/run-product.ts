import { once } from "node:events";
import { join, relative } from "node:path";
import { checkPorts } from "./check-ports.ts";
import type { MongodSettings, StartSettings } from "./config.ts";
import { demoAccounts, ensureDemoData } from "./demo/demo-data.ts";
import { GraphqlFailure } from "./demo/graphql-request.ts";
import { demoUserIsServed, federatedQueryAnswers } from "./federated-query.ts";
import { claimRunningFile } from "./running-file.ts";
import type { ServiceName } from "./services.ts";
import type { OnStackEvent } from "./stack-events.ts";
import { oneLine, StartFailure } from "./start-failure.ts";
import { type Stack, startStack } from "./start-stack.ts";
import { watchLogs } from "./terminal/log-watch.ts";
import { narrate } from "./terminal/narrate.ts";
import { seconds, type Terminal } from "./terminal/terminal.ts";
import { welcome } from "./terminal/welcome.ts";
import { buildWebApp } from "./web-app.ts";

export interface ProductOptions {
  settings: StartSettings;
  mongod: MongodSettings;
  terminal: Terminal;
  /** Ends everything, at any time. */
  stop: AbortSignal;
}

// A run that was killed leaves its processes to the guardian, which needs a moment.
const leftBehindWaitMs = 10_000;

/**
 * The whole of `npm start`: starts everything, says where it is, and waits for `stop`. Data stay in the data folder.
 * Throws a StartFailure with one line when it cannot start.
 */
export async function runProduct(options: ProductOptions): Promise<void> {
  const { settings, terminal, stop } = options;
  const startedAt = performance.now();
  const narrator = narrate(terminal);
  terminal.line(terminal.bold("Tareas"));
  try {
    await using running = await claimRunningFile(join(settings.dataDir, "running.json"), routerUrl(settings));
    await checkPorts(portSettings(options), running.wasLeftBehind ? leftBehindWaitMs : 0);
    await prepareWebApp(options);
    // While all of it starts, each part misses the others, and says so: that is no news.
    let isReady = false;
    const onEvent: OnStackEvent = (event) => {
      if (event.type === "process-started") running.note(event.name, event.pid);
      narrator.onEvent(event);
    };
    await using stack = await startStack(stackOptions(options, onEvent, () => isReady && !stop.aborted));
    await federatedQueryAnswers(stack.router.url, stop);
    const hasDemo = await prepareDemo(stack, options);
    terminal.done(`ready in ${seconds(performance.now() - startedAt)}`);
    welcome(terminal, { stack, hasDemo, dataFolder: folderName(settings.dataDir) });
    isReady = true;
    if (!stop.aborted) await once(stop, "abort");
    terminal.line();
    terminal.progress("stopping");
    narrator.stopping();
  } catch (error) {
    if (!stop.aborted) throw error instanceof StartFailure ? error : unexpected(error, settings);
  }
  terminal.done(`stopped; the data stay in ${folderName(settings.dataDir)}`);
}

function stackOptions(
  { settings, terminal, stop, mongod }: ProductOptions,
  onEvent: OnStackEvent,
  isRunning: () => boolean,
) {
  const { dataDir, ports, metricsPorts, logLevel } = settings;
  const logDir = join(dataDir, "logs");
  const env = { LOG_LEVEL: logLevel };
  const logFile = (service: string) => join(folderName(logDir), `${service}.log`);
  return {
    mongodb: { settings: mongod, dataDir: join(dataDir, "mongodb"), restart: true, ...port("port", ports.mongod) },
    ports: chosenPorts(ports),
    metricsPorts: chosenPorts(metricsPorts),
    env: { router: env, users: env, tasks: env },
    stateDir: dataDir,
    logDir,
    onEvent,
    onLine: watchLogs({ terminal, logFile, isOn: isRunning }),
    signal: stop,
  };
}

async function prepareWebApp({ terminal, stop }: ProductOptions): Promise<void> {
  const startedAt = performance.now();
  const wasBuilt = await buildWebApp({ signal: stop, onBegin: () => terminal.progress("building the web app") });
  if (wasBuilt) terminal.done("web app built", performance.now() - startedAt);
}

/** 0, as everywhere, leaves the choice to the stack. */
const port = <Name extends string>(name: Name, value: number) =>
  (value === 0 ? {} : { [name]: value }) as Partial<Record<Name, number>>;

const chosenPorts = ({ router, users, tasks }: Record<ServiceName, number>) => ({
  ...port("router", router),
  ...port("users", users),
  ...port("tasks", tasks),
});

function portSettings({ settings: { ports, metricsPorts }, mongod }: ProductOptions): Record<string, number> {
  const servers = {
    PORT: ports.router,
    USERS_PORT: ports.users,
    TASKS_PORT: ports.tasks,
    METRICS_PORT: metricsPorts.router,
    USERS_METRICS_PORT: metricsPorts.users,
    TASKS_METRICS_PORT: metricsPorts.tasks,
  };
  return mongod.uri === undefined ? { ...servers, MONGOD_PORT: ports.mongod } : servers;
}

/** Whether the demo accounts are there. Never touches a database that is not our own. */
async function prepareDemo(stack: Stack, { terminal, stop }: ProductOptions): Promise<boolean> {
  if (stack.mongodb.provider === "uri") return false;
  const startedAt = performance.now();
  let isNew = false;
  const isThere = await ensureDemoData({
    mongodbUri: stack.mongodb.uri,
    routerUrl: stack.router.url,
    databases: Object.values(stack.databases),
    signal: stop,
    onBegin() {
      isNew = true;
      terminal.progress("making the demo accounts");
    },
  });
  if (isNew) terminal.done("demo accounts with lists and tasks", performance.now() - startedAt);
  return isThere && (await canSignIn(stack));
}

/** The accounts are the users' to change: one that refuses its first password is none to advertise. */
async function canSignIn({ router }: Stack): Promise<boolean> {
  try {
    await Promise.all(demoAccounts.map((account) => demoUserIsServed(router.url, account)));
    return true;
  } catch (error) {
    const codes = error instanceof GraphqlFailure ? error.errors.map(({ extensions }) => extensions?.code) : [];
    if (codes.includes("INVALID_CREDENTIALS") || codes.includes("USER_NOT_FOUND")) return false;
    throw error;
  }
}

const routerUrl = ({ ports }: StartSettings) => `http://127.0.0.1:${ports.router}`;

const unexpected = (error: unknown, { dataDir }: StartSettings) =>
  new StartFailure(
    `the start failed: ${oneLine(error)}; the servers' own words are in ${join(folderName(dataDir), "logs")}`,
  );

/** Relative to where we are, if that is shorter. */
function folderName(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") || fromHere === "" ? path : fromHere;
}
