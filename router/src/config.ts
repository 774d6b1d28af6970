import { join } from "node:path";
import { limitSettings } from "@tareas/service-kit/graphql/limits/limits";
import { httpSettings } from "@tareas/service-kit/http/http-settings";
import {
  count,
  followerSettings,
  httpUrl,
  milliseconds,
  readSettings,
  type StartError,
  serverSettings,
  text,
  webOrigins,
} from "@tareas/service-kit/settings";
import type { z } from "zod";

const shape = {
  ...serverSettings(4000),
  ...followerSettings("router", false),
  ...httpSettings,
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
  /** Where the users subgraph exchanges API tokens for access tokens. */
  AUTH_API_TOKENS_URL: httpUrl().default("http://127.0.0.1:4001/internal/api-tokens/exchange"),
  /** The folder with the built web app; without an index.html in it, a page at `/` leads to GraphQL and REST. */
  CLIENT_PATH: text(join(import.meta.dirname, "../../client/dist")),
  /** The subgraph whose session cookie passes between it and the browser. */
  SESSION_SUBGRAPH: text("users"),
  /** How long one call to a subgraph may take, to the last byte. SUBGRAPH_TIMEOUT_MS_<NAME> sets it for one subgraph. */
  SUBGRAPH_TIMEOUT_MS: milliseconds(3_000),
  /** How long a whole request may take: later calls get what earlier ones left of it. */
  REQUEST_TIMEOUT_MS: milliseconds(10_000),
  /** The largest answer of a subgraph that is read. */
  SUBGRAPH_RESPONSE_LIMIT_BYTES: count(10_485_760, { most: 1_073_741_824 }),
  /** How many connections to one subgraph may be open. */
  SUBGRAPH_CONNECTIONS: count(64, { most: 10_000 }),
};

const forOneSubgraph = /^SUBGRAPH_(?:URL|TIMEOUT_MS)_[A-Z0-9_]+$/;

export type RouterSettings = z.output<z.ZodObject<typeof shape>>;

export interface RouterConfig extends Readonly<RouterSettings> {
  /** The URL that SUBGRAPH_URL_<NAME> gives a subgraph instead of the supergraph's, if any. */
  subgraphUrl(name: string): string | undefined;
  subgraphTimeoutMs(name: string): number;
}

/** `users-v2` is set by SUBGRAPH_URL_USERS_V2: upper case, and _ for all but letters and digits. */
const settingSuffix = (name: string) => name.toUpperCase().replace(/[^A-Z0-9]/g, "_");

/**
 * Reads the router's settings. Throws a {@link StartError} that names the first one that is wrong.
 * Settings of one subgraph are read for any name, because a later supergraph may bring new ones.
 */
export function readConfig(env: NodeJS.ProcessEnv): RouterConfig {
  const settings = readSettings(shape, env);
  const names = Object.keys(env).filter((name) => forOneSubgraph.test(name) && env[name]);
  const urls = readSettings(
    Object.fromEntries(names.filter((name) => name.startsWith("SUBGRAPH_URL_")).map((name) => [name, httpUrl()])),
    env,
  );
  const timeouts = readSettings(
    Object.fromEntries(
      names.filter((name) => name.startsWith("SUBGRAPH_TIMEOUT_MS_")).map((name) => [name, milliseconds(1)]),
    ),
    env,
  );
  return Object.freeze({
    ...settings,
    subgraphUrl: (name: string) => urls[`SUBGRAPH_URL_${settingSuffix(name)}`],
    subgraphTimeoutMs: (name: string) =>
      timeouts[`SUBGRAPH_TIMEOUT_MS_${settingSuffix(name)}`] ?? settings.SUBGRAPH_TIMEOUT_MS,
  });
}
