import type { GraphQLDataSource, ServiceEndpointDefinition } from "@apollo/gateway";
import type { ServiceTokens } from "@tareas/service-kit/auth/service-token";
import { SubgraphUnavailable } from "@tareas/service-kit/errors";
import type { Log } from "@tareas/service-kit/log";
import { Agent } from "undici";
import type { RouterConfig } from "../config.ts";
import { SubgraphDataSource } from "./data-source.ts";
import { httpCall } from "./http-call.ts";
import { protect } from "./policies.ts";
import { isReachable } from "./reachability.ts";

// Below what our own subgraphs keep a connection open (72 s), so that it is the router that lets go of it first.
const keepAliveTimeoutMs = 30_000;

/** The subgraphs of the current supergraph: where they are and the connections to them. */
export class Subgraphs implements AsyncDisposable {
  readonly #config: RouterConfig;
  readonly #services: ServiceTokens;
  readonly #log: Log;
  readonly #dispatcher: Agent;
  readonly #urls = new Map<string, URL>();

  constructor(config: RouterConfig, services: ServiceTokens, log: Log) {
    this.#config = config;
    this.#services = services;
    this.#log = log;
    this.#dispatcher = new Agent({
      connections: config.SUBGRAPH_CONNECTIONS,
      keepAliveTimeout: keepAliveTimeoutMs,
      connectTimeout: config.REQUEST_TIMEOUT_MS,
      headersTimeout: 0, // the timeout policy covers all of a call
      bodyTimeout: 0,
      maxResponseSize: config.SUBGRAPH_RESPONSE_LIMIT_BYTES,
    });
  }

  /** The gateway's `buildService`. A subgraph without a usable URL is one that can't be reached. */
  readonly dataSource = ({ name, url }: ServiceEndpointDefinition): GraphQLDataSource => {
    const surroundings = {
      services: this.#services,
      sessionSubgraph: this.#config.SESSION_SUBGRAPH,
      log: this.#log,
    };
    const endpoint = parseUrl(this.#config.subgraphUrl(name) ?? url);
    if (!endpoint) {
      this.#log.error({ subgraph: name }, "the subgraph has no usable URL: SUBGRAPH_URL_<NAME> can give it one");
      return new SubgraphDataSource(name, () => Promise.reject(new SubgraphUnavailable(name)), surroundings);
    }
    this.#urls.set(name, endpoint);
    const call = httpCall({ url: endpoint, dispatcher: this.#dispatcher, log: this.#log });
    const limits = { timeoutMs: this.#config.subgraphTimeoutMs(name) };
    return new SubgraphDataSource(name, protect(call, limits), surroundings);
  };

  /** Whether each subgraph answers now. */
  async reachable(): Promise<Record<string, boolean>> {
    const results = [...this.#urls].map(async ([name, url]) => [name, await isReachable(this.#dispatcher, url)]);
    return Object.fromEntries(await Promise.all(results));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#dispatcher.close();
  }
}

function parseUrl(url: string | undefined): URL | undefined {
  const parsed = url ? URL.parse(url) : null;
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed : undefined;
}
