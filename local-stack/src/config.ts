import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { StartFailure } from "./start-failure.ts";

export const mongodProviders = ["uri", "path", "download", "wheel"] as const;
export type MongodProvider = (typeof mongodProviders)[number];

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number")
    .transform(Number)
    .refine((value) => value <= 65_535, "must be a port number, at most 65535")
    .default(fallback);

const mongodSchema = z.object({
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./, "must begin with mongodb:// or mongodb+srv://")
    .optional(),
  MONGOD_PROVIDER: z.enum(mongodProviders, `must be one of ${mongodProviders.join(", ")}`).optional(),
});

const cacheSchema = z.object({
  TAREAS_CACHE_DIR: z.string().optional(),
});

const startSchema = z.object({
  PORT: port(4000),
  USERS_PORT: port(4001),
  TASKS_PORT: port(4002),
  MONGOD_PORT: port(4017),
  METRICS_PORT: port(4100),
  USERS_METRICS_PORT: port(4101),
  TASKS_METRICS_PORT: port(4102),
  DATA_DIR: z.string().default(".data"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "must be a pino level, for example info")
    .default("info"),
});

export interface MongodSettings {
  uri: string | undefined;
  /** Only this provider; undefined: the first that works. */
  provider: MongodProvider | undefined;
  cacheDir: string;
  /** The environment for the programs that a provider runs (PATH, proxies, mirrors). */
  env: NodeJS.ProcessEnv;
}

export interface StartSettings {
  ports: { router: number; users: number; tasks: number; mongod: number };
  /** Of the metrics of each server. */
  metricsPorts: { router: number; users: number; tasks: number };
  dataDir: string;
  logLevel: string;
}

/** Where what was fetched is kept for later runs: TAREAS_CACHE_DIR (default ~/.cache/tareas). */
export function readCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  const { TAREAS_CACHE_DIR } = parse(cacheSchema, env);
  return resolve(TAREAS_CACHE_DIR ?? join(env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "tareas"));
}

/**
 * Where mongod comes from: MONGODB_URI, MONGOD_PROVIDER, TAREAS_CACHE_DIR (default ~/.cache/tareas).
 * Throws a StartFailure that names the bad one.
 */
export function readMongodSettings(env: NodeJS.ProcessEnv = process.env): MongodSettings {
  const values = parse(mongodSchema, env);
  if (values.MONGOD_PROVIDER === "uri" && values.MONGODB_URI === undefined)
    throw new StartFailure("MONGOD_PROVIDER=uri needs MONGODB_URI: set it, or take MONGOD_PROVIDER away");
  return {
    uri: values.MONGODB_URI,
    provider: values.MONGOD_PROVIDER,
    cacheDir: readCacheDir(env),
    env,
  };
}

/** The settings of `npm start` (see docs/settings.md). Throws a StartFailure that names the bad one. */
export function readStartSettings(env: NodeJS.ProcessEnv = process.env): StartSettings {
  const values = parse(startSchema, env);
  const { PORT, USERS_PORT, TASKS_PORT, MONGOD_PORT, DATA_DIR, LOG_LEVEL } = values;
  const { METRICS_PORT, USERS_METRICS_PORT, TASKS_METRICS_PORT } = values;
  return {
    ports: { router: PORT, users: USERS_PORT, tasks: TASKS_PORT, mongod: MONGOD_PORT },
    metricsPorts: { router: METRICS_PORT, users: USERS_METRICS_PORT, tasks: TASKS_METRICS_PORT },
    dataDir: resolve(DATA_DIR),
    logLevel: LOG_LEVEL,
  };
}

/** The environment that servers inherit: ours without the settings that the stack decides itself. */
export function inheritedEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const inherited = { ...env };
  for (const name of decidedByTheStack) delete inherited[name];
  return inherited;
}

const decidedByTheStack = [
  "PORT",
  "HOST",
  "METRICS_PORT",
  "MONGODB_URI",
  "MONGODB_DATABASE",
  "AUTH_PRIVATE_KEY_FILE",
  "MAIL_DIR",
  "PUBLIC_URL",
  "AUTH_JWKS_URL",
  "AUTH_JWKS_FILE",
  "AUTH_REVOCATIONS_URL",
  "AUTH_REVOCATIONS_FILE",
  "SERVICE_KEY_FILE",
  "SUBGRAPH_URL_USERS",
  "SUBGRAPH_URL_TASKS",
  "SUPERGRAPH_PATH",
];

function parse<T extends z.ZodType>(schema: T, env: NodeJS.ProcessEnv): z.output<T> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = String(issue?.path[0]);
  // A connection string may hold a password.
  const shown = name.endsWith("_URI") ? "not valid" : `"${env[name]}"`;
  throw new StartFailure(`the setting ${name} is ${shown}: it ${issue?.message ?? "is not valid"}`);
}
