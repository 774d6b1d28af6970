import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inheritedEnv } from "./config.ts";
import type { Deployment, Instance } from "./instances.ts";

export const serviceNames = ["users", "tasks", "router"] as const;
export type ServiceName = (typeof serviceNames)[number];

export const repositoryRoot = fileURLToPath(new URL("../../", import.meta.url));

const folders: Record<ServiceName, string> = { users: "subgraphs/users", tasks: "subgraphs/tasks", router: "router" };

export interface ServiceSettings {
  deployments: Record<ServiceName, Deployment>;
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

/**
 * Of Node, for every server: a heap of several times what lives, and no more, so that it collects what it can before it takes
 * more from the machine, and fits into its container. (docs/decisions/0025-bounded-heaps.md)
 */
export const nodeArguments = [
  "--max-old-space-size=512",
  "--min-semi-space-size=32",
  "--max-semi-space-size=32",
] as const;

/** The program that makes the service's indexes; the router has none. */
export const migrateScript = (service: Exclude<ServiceName, "router">) => `${folders[service]}/src/migrate.ts`;

export const databaseName = (service: Exclude<ServiceName, "router">, { databasePrefix }: ServiceSettings) =>
  `${databasePrefix}${service}`;

/** The secret by which the servers know each other; the first that starts makes it. */
export const serviceKeyPath = ({ stateDir }: ServiceSettings) => join(stateDir, "keys", "service.key");

/** Where mails go when there is no server for them. */
export const mailDir = ({ stateDir }: ServiceSettings) => join(stateDir, "mail");

export const localUrl = (port: number) => `http://127.0.0.1:${port}`;

/** Where the service answers, as one. */
export const serviceUrl = (service: ServiceName, { deployments }: ServiceSettings) =>
  localUrl(deployments[service].entrance);

/** The whole environment of one server process, and of its migration. */
export function serviceEnv(instance: Instance, settings: ServiceSettings): NodeJS.ProcessEnv {
  const { service } = instance;
  return {
    ...inheritedEnv(),
    // Whatever the shell says: production would look for keys that were made elsewhere.
    NODE_ENV: "development",
    // Node keeps what it compiled: a restart takes half the time.
    NODE_COMPILE_CACHE: join(repositoryRoot, "node_modules", ".cache", "compile"),
    HOST: "127.0.0.1",
    PORT: String(instance.port),
    METRICS_PORT: String(instance.metricsPort),
    SERVICE_KEY_FILE: serviceKeyPath(settings),
    ...ownSettings[service](settings, instance),
    ...settings.env[service],
  };
}

const ownSettings: Record<ServiceName, (settings: ServiceSettings, instance: Instance) => NodeJS.ProcessEnv> = {
  users: (settings) => ({
    MONGODB_URI: settings.mongodbUri,
    MONGODB_DATABASE: databaseName("users", settings),
    AUTH_PRIVATE_KEY_FILE: join(settings.stateDir, "keys", "access-token.pem"),
    MAIL_DIR: mailDir(settings),
    PUBLIC_URL: serviceUrl("router", settings),
  }),
  tasks: (settings, instance) => ({
    MONGODB_URI: settings.mongodbUri,
    MONGODB_DATABASE: databaseName("tasks", settings),
    ...verification(settings, instance),
    USERS_OUTBOX_URL: `${serviceUrl("users", settings)}/internal/outbox`,
  }),
  router: (settings, instance) => ({
    SUBGRAPH_URL_USERS: graphqlUrls("users", settings),
    SUBGRAPH_URL_TASKS: graphqlUrls("tasks", settings),
    AUTH_API_TOKENS_URL: `${serviceUrl("users", settings)}/internal/api-tokens/exchange`,
    ...verification(settings, instance),
  }),
};

/** The router chooses among the processes of a subgraph itself. */
const graphqlUrls = (service: ServiceName, { deployments }: ServiceSettings) =>
  deployments[service].instances.map(({ reachedAt }) => `${localUrl(reachedAt)}/graphql`).join(",");

const verification = (settings: ServiceSettings, { name }: Instance) => ({
  AUTH_JWKS_URL: `${serviceUrl("users", settings)}/.well-known/jwks.json`,
  AUTH_JWKS_FILE: join(settings.stateDir, `jwks-${name}.json`),
  AUTH_REVOCATIONS_URL: `${serviceUrl("users", settings)}/internal/revocations`,
  AUTH_REVOCATIONS_FILE: join(settings.stateDir, `revocations-${name}.json`),
});
