import { mainScript, migrateScript, type ServiceName, serviceNames } from "@tareas/local-stack/services";
import { backupSettings, restoreSettings } from "@tareas/service-kit/backup/backup-settings";
import { setUpSettings } from "@tareas/service-kit/mongo/set-up-settings";
import { readSettings } from "@tareas/service-kit/settings";
import { readConfig as readRouterConfig } from "../../../router/src/config.ts";
import { readConfig as readTasksConfig } from "../../../subgraphs/tasks/src/config.ts";
import { readConfig as readUsersConfig } from "../../../subgraphs/users/src/config.ts";
import { imageEnvironment } from "./image.ts";

type Env = Readonly<Record<string, string>>;
type Read = (env: NodeJS.ProcessEnv) => object;

/** How a deployment starts one of our programs. */
export interface Launch {
  /** For messages. */
  readonly title: string;
  /** The program, from the repository's root. */
  readonly script: string;
  /** What it is given besides what its image sets. */
  readonly env: Env;
  /** Whether there is a mounted secret, or a folder to write to, for this path. */
  readonly hasFile: (path: string) => boolean;
}

const configs: Readonly<Record<ServiceName, Read>> = {
  users: readUsersConfig,
  tasks: readTasksConfig,
  router: readRouterConfig,
};

/** How each of our programs reads its settings. */
const programs: Readonly<Record<string, Read>> = {
  ...Object.fromEntries(serviceNames.map((service) => [mainScript(service), configs[service]])),
  [migrateScript("users")]: readUsersConfig,
  [migrateScript("tasks")]: readTasksConfig,
  "service-kit/src/mongo/set-up.ts": (env) => readSettings(setUpSettings, env),
  "service-kit/src/backup/backup.ts": (env) => readSettings(backupSettings, env),
  "service-kit/src/backup/restore.ts": (env) => readSettings(restoreSettings, env),
};

const isServer = (script: string) => serviceOf(script) !== undefined;

export const serviceOf = (script: string): ServiceName | undefined =>
  serviceNames.find((service) => script === mainScript(service));

/** What is wrong with the settings of a launch, by the program's own reading of them. */
export function settingErrors(launch: Launch): string[] {
  const { script, env, hasFile } = launch;
  const read = programs[script];
  if (read === undefined) return [`${script} is none of our programs`];
  const names = namesRead(read, env);
  const unknown = Object.keys(env).filter((name) => !names.has(name));
  // Only servers read the files that their settings name.
  const files = Object.keys(env).filter((name) => standsInFile(name, names) || (isServer(script) && isFile(name)));
  return [
    ...unknown.map((name) => `${name} is no setting of it`),
    ...files
      .filter((name) => !hasFile(env[name] as string))
      .map((name) => `${name}: nothing is mounted at ${env[name]}`),
    ...valueErrors(launch),
  ];
}

/** What the program makes of its settings. Throws its complaint when one of them is missing or wrong. */
export function settingsOf({ script, env }: Launch): Readonly<Record<string, unknown>> {
  const read = programs[script];
  if (read === undefined) throw new Error(`${script} is none of our programs`);
  const names = namesRead(read, env);
  const given = Object.entries(env).map(([name, value]) => {
    if (!standsInFile(name, names)) return [name, value];
    return [settingIn(name), name.includes("_URI") ? "mongodb://a:b@mongodb:27017/c" : "a sample of 24 characters"];
  });
  return { ...read({ ...imageEnvironment, ...Object.fromEntries(given) }) };
}

const isFile = (name: string) => name.endsWith("_FILE");
const settingIn = (name: string) => name.slice(0, -"_FILE".length);

/** Whether the variable names a file that holds a setting: MONGODB_URI_FILE. */
const standsInFile = (name: string, names: ReadonlySet<string>) => isFile(name) && names.has(settingIn(name));

/** The settings that a program asks for when it starts with this environment. */
function namesRead(read: Read, env: Env): ReadonlySet<string> {
  const names = new Set<string>();
  const get = (target: NodeJS.ProcessEnv, name: string) => {
    names.add(name);
    // Here there are no files to read secrets from.
    return isFile(name) ? undefined : target[name];
  };
  try {
    read(new Proxy({ ...env }, { get: (target, name) => (typeof name === "string" ? get(target, name) : undefined) }));
  } catch {
    // What it complains of is for valueErrors to tell.
  }
  return names;
}

function valueErrors(launch: Launch): string[] {
  try {
    const settings = Object.entries(settingsOf(launch));
    return isServer(launch.script) ? settings.flatMap(([name, value]) => loneliness(name, value)) : [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** In a container nobody else is at the server's own address, where the defaults look for the others. */
function loneliness(name: string, value: unknown): string[] {
  const isOfNoUse = name === "HOST" || name.startsWith("OTEL_");
  return !isOfNoUse && String(value).includes("127.0.0.1")
    ? [`${name} is not set: ${value} is the container itself`]
    : [];
}
