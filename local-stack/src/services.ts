import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inheritedEnv } from "./config.ts";

export const serviceNames = ["users", "tasks", "router"] as const;
export type ServiceName = (typeof serviceNames)[number];

export const repositoryRoot = fileURLToPath(new URL("../../", import.meta.url));

const folders: Record<ServiceName, string> = { users: "subgraphs/users", tasks: "subgraphs/tasks", router: "router" };

export interface ServiceSettings {
  ports: Record<ServiceName, number>;
  /** Where the metrics of each are. */
  metricsPorts: Record<ServiceName, number>;
  mongodbUri: string;
  /** Of the databases' names, which are `users` and `tasks`: keeps apart what shares a given MongoDB. */
  databasePrefix: string;
  /** Where the access token key and the copies of the JWKS lie. */
  stateDir: string;
  /** Extra environment per service; it wins. */
  env: Partial<Record<ServiceName, NodeJS.ProcessEnv>>;
}

/** The server's program, to be run by Node from the repository's root. */
export const mainScript = (service: ServiceName) => `${folders[service]}/src/main.ts`;

/** The program that makes the service's indexes; the router has none. */
export const migrateScript = (service: Exclude<ServiceName, "router">) => `${folders[service]}/src/migrate.ts`;

export const databaseName = (service: Exclude<ServiceName, "router">, { databasePrefix }: ServiceSettings) =>
  `${databasePrefix}${service}`;

/** The secret by which the servers know each other; the first that starts makes it. */
export const serviceKeyPath = ({ stateDir }: ServiceSettings) => join(stateDir, "keys", "service.key");

/** Where mails go when there is no server for them. */
export const mailDir = ({ stateDir }: ServiceSettings) => join(stateDir, "mail");

/** Where the service answers. */
export const serviceUrl = (service: ServiceName, ports: Record<ServiceName, number>) =>
  `http://127.0.0.1:${ports[service]}`;

/** The whole environment of one server process, and of its migration. */
export function serviceEnv(service: ServiceName, settings: ServiceSettings): NodeJS.ProcessEnv {
  return {
    ...inheritedEnv(),
    // Whatever the shell says: production would look for keys that were made elsewhere.
    NODE_ENV: "development",
    // Node keeps what it compiled: a restart takes half the time.
    NODE_COMPILE_CACHE: join(repositoryRoot, "node_modules", ".cache", "compile"),
    HOST: "127.0.0.1",
    PORT: String(settings.ports[service]),
    METRICS_PORT: String(settings.metricsPorts[service]),
    SERVICE_KEY_FILE: serviceKeyPath(settings),
    ...ownSettings[service](settings),
    ...settings.env[service],
  };
}

const ownSettings: Record<ServiceName, (settings: ServiceSettings) => NodeJS.ProcessEnv> = {
  users: (settings) => ({
    MONGODB_URI: settings.mongodbUri,
    MONGODB_DATABASE: databaseName("users", settings),
    AUTH_PRIVATE_KEY_FILE: join(settings.stateDir, "keys", "access-token.pem"),
    MAIL_DIR: mailDir(settings),
    PUBLIC_URL: serviceUrl("router", settings.ports),
  }),
  tasks: (settings) => ({
    MONGODB_URI: settings.mongodbUri,
    MONGODB_DATABASE: databaseName("tasks", settings),
    ...verification("tasks", settings),
    USERS_OUTBOX_URL: `${serviceUrl("users", settings.ports)}/internal/outbox`,
  }),
  router: (settings) => ({
    SUBGRAPH_URL_USERS: `${serviceUrl("users", settings.ports)}/graphql`,
    SUBGRAPH_URL_TASKS: `${serviceUrl("tasks", settings.ports)}/graphql`,
    AUTH_API_TOKENS_URL: `${serviceUrl("users", settings.ports)}/internal/api-tokens/exchange`,
    ...verification("router", settings),
  }),
};

const verification = (service: ServiceName, { ports, stateDir }: ServiceSettings) => ({
  AUTH_JWKS_URL: `${serviceUrl("users", ports)}/.well-known/jwks.json`,
  AUTH_JWKS_FILE: join(stateDir, `jwks-${service}.json`),
  AUTH_REVOCATIONS_URL: `${serviceUrl("users", ports)}/internal/revocations`,
  AUTH_REVOCATIONS_FILE: join(stateDir, `revocations-${service}.json`),
});
