import { join } from "node:path";
import { limitSettings } from "@tareas/service-kit/graphql/limits/limits";
import { admissionSettings, httpSettings } from "@tareas/service-kit/http/http-settings";
import {
  count,
  fieldNames,
  flag,
  followerSettings,
  httpUrl,
  httpUrls,
  milliseconds,
  paths,
  port,
  readSettings,
  type StartError,
  serverSettings,
  text,
  webOrigins,
} from "@tareas/service-kit/settings";
import { tracingSettings } from "@tareas/service-kit/telemetry/tracing-settings";
import type { z } from "zod";

const shape = {
  ...serverSettings(4000),
  /** Where operators find metrics and the state of the subgraphs: never public. */
  METRICS_PORT: port(4100),
  /** How many processes answer on PORT; with more than one, a primary starts them and shows them as one. */
  ROUTER_WORKERS: count(1, { most: 64 }),
  ...followerSettings("router", false),
  ...httpSettings,
  ...admissionSettings(30),
  ...tracingSettings,
  ...limitSettings({
    depth: 12,
    aliases: 30,
    directives: 50,
    tokens: 2_000,
    rootFields: 20,
    selections: 5_000,
    cost: 20_000,
  }),
  /** How many proxies of ours stand between clients and the router; see client-address.ts in the service kit. */
  TRUSTED_PROXY_HOPS: count(0, { least: 0, most: 10 }),
  /** Origins whose pages may call the router from a browser. */
  CORS_ORIGINS: webOrigins(),
  /** The composed supergraph, in SDL. It is read again when it changes. */
  SUPERGRAPH_PATH: text(join(import.meta.dirname, "../supergraph.graphql")),
  /** Manifests of operations whose hashes are known from the start; read once. */
  TRUSTED_DOCUMENTS: paths(join(import.meta.dirname, "../trusted-documents.json")),
  /** Whether no other operation is executed at /graphql. */
  TRUSTED_DOCUMENTS_ONLY: flag(false),
  /** Where the users subgraph exchanges API tokens for access tokens. */
  AUTH_API_TOKENS_URL: httpUrl().default("http://127.0.0.1:4001/internal/api-tokens/exchange"),
  /** The folder with the built web app; without an index.html in it, a page at `/` leads to GraphQL and REST. */
  CLIENT_PATH: text(join(import.meta.dirname, "../../client/dist")),
  /** Whether the web app makes spans of its operations and sends them here, if the router records any. */
  BROWSER_TRACES: flag(false),
  /** The subgraph whose session cookie passes between it and the browser. */
  SESSION_SUBGRAPH: text("users"),
  /** How long a whole request may take: later calls get what earlier ones left of it. */
  REQUEST_TIMEOUT_MS: milliseconds(10_000),
  /** The largest answer of a subgraph that is read. */
  SUBGRAPH_RESPONSE_LIMIT_BYTES: count(10_485_760, { most: 1_073_741_824 }),
  /** Public fields of entities that are served as they were seen last when their subgraph can't be reached. */
  STALE_FIELDS: fieldNames("User.username,User.displayName"),
  /** How many entities are kept for that, each once for every viewer who saw it. */
  STALE_MAX_ENTRIES: count(10_000),
  /** How old they may be; 0: nothing is kept. */
  STALE_MAX_AGE_SECONDS: count(600, { least: 0, most: 86_400 }),
};

/** Each is a setting for all subgraphs, and with _<NAME> behind it one for a single subgraph. */
const perSubgraph = {
  /** How long one call may take, with all its attempts, to the last byte. */
  SUBGRAPH_TIMEOUT_MS: milliseconds(3_000),
  /** How many calls may be on their way, and how many more may wait for their turn. */
  SUBGRAPH_MAX_IN_FLIGHT: count(64, { most: 10_000 }),
  SUBGRAPH_MAX_QUEUED: count(256, { least: 0, most: 100_000 }),
  /** How many more attempts a call may have that is safe to repeat; 0: none. */
  SUBGRAPH_RETRIES: count(2, { least: 0, most: 10 }),
  /** How many retries there may be for each hundred calls. */
  SUBGRAPH_RETRY_BUDGET_PERCENT: count(20, { least: 0, most: 100 }),
  /** How many calls in a row have to fail for an endpoint to be left out; 0: it never is. */
  SUBGRAPH_BREAKER_FAILURES: count(5, { least: 0, most: 1_000 }),
  /** How long it is left out before it is asked whether it answers again. */
  SUBGRAPH_BREAKER_OPEN_MS: milliseconds(1_000),
  /** Whether identical queries of one viewer that are on their way at the same time are sent once. */
  SUBGRAPH_SHARE_IDENTICAL: flag(true),
};

export type RouterSettings = z.output<z.ZodObject<typeof shape>>;
export type SubgraphSettings = z.output<z.ZodObject<typeof perSubgraph>>;

export interface RouterConfig extends Readonly<RouterSettings> {
  /** The URLs that SUBGRAPH_URL_<NAME> gives a subgraph instead of the supergraph's one, if any. */
  subgraphUrls(name: string): readonly string[] | undefined;
  subgraphSettings(name: string): Readonly<SubgraphSettings>;
}

const urlPrefix = "SUBGRAPH_URL_";

/** `users-v2` is set by SUBGRAPH_URL_USERS_V2: upper case, and _ for all but letters and digits. */
const settingSuffix = (name: string) => name.toUpperCase().replace(/[^A-Z0-9]/g, "_");

/**
 * Reads the router's settings. Throws a {@link StartError} that names the first one that is wrong.
 * Settings of one subgraph are read for any name, because a later supergraph may bring new ones.
 */
export function readConfig(env: NodeJS.ProcessEnv): RouterConfig {
  const settings = readSettings(shape, env);
  const beginningWith = (prefix: string) => Object.keys(env).filter((name) => name.startsWith(prefix) && env[name]);
  const urls = readSettings(Object.fromEntries(beginningWith(urlPrefix).map((name) => [name, httpUrls()])), env);
  const forAll = readSettings(perSubgraph, env);
  const forOne = readSettings(
    Object.fromEntries(
      Object.entries(perSubgraph).flatMap(([setting, schema]) =>
        beginningWith(`${setting}_`).map((name) => [name, schema]),
      ),
    ),
    env,
  );
  return Object.freeze({
    ...settings,
    subgraphUrls: (name: string) => urls[`${urlPrefix}${settingSuffix(name)}`],
    subgraphSettings: (name: string) => {
      const own = Object.keys(perSubgraph).map((setting) => [setting, forOne[`${setting}_${settingSuffix(name)}`]]);
      const given = Object.fromEntries(own.filter(([, value]) => value !== undefined));
      return { ...forAll, ...given };
    },
  });
}
