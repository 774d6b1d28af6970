import type { GraphQLDataSource, ServiceEndpointDefinition } from "@apollo/gateway";
import type { ServiceTokens } from "@tareas/service-kit/auth/service-token";
import type { Log } from "@tareas/service-kit/log";
import { Agent } from "undici";
import type { RouterConfig, SubgraphSettings } from "../config.ts";
import { SubgraphDataSource } from "./data-source.ts";
import { httpCall } from "./http-call.ts";
import { protect, type SubgraphLimits } from "./policies.ts";
import { isReachable } from "./reachability.ts";
import { Endpoint } from "./resilience/endpoint.ts";
import { StaleEntities } from "./stale/stale-entities.ts";
import type { RouterMetrics, SubgraphMetrics } from "./subgraph-metrics.ts";

// Below what our own subgraphs keep a connection open (72 s), so that it is the router that lets go of it first.
const keepAliveTimeoutMs = 30_000;

interface SubgraphsOptions {
  readonly services: ServiceTokens;
  readonly metrics: RouterMetrics;
  readonly log: Log;
}

/** The subgraphs of the current supergraph: where they are and the connections to them. */
export class Subgraphs implements AsyncDisposable {
  readonly #config: RouterConfig;
  readonly #options: SubgraphsOptions;
  readonly #dispatcher: Agent;
  readonly #stale: StaleEntities | null;
  readonly #endpoints = new Map<string, readonly Endpoint[]>();

  constructor(config: RouterConfig, options: SubgraphsOptions) {
    this.#config = config;
    this.#options = options;
    this.#stale = staleEntitiesOf(config);
    this.#dispatcher = new Agent({
      keepAliveTimeout: keepAliveTimeoutMs,
      connectTimeout: config.REQUEST_TIMEOUT_MS,
      headersTimeout: 0, // the timeout policy covers all of a call
      bodyTimeout: 0,
      maxResponseSize: config.SUBGRAPH_RESPONSE_LIMIT_BYTES,
    });
  }

  /** The gateway's `buildService`. A subgraph without a usable URL is one that can't be reached. */
  readonly dataSource = ({ name, url }: ServiceEndpointDefinition): GraphQLDataSource => {
    const { services, log } = this.#options;
    const surroundings = { services, sessionSubgraph: this.#config.SESSION_SUBGRAPH, stale: this.#stale, log };
    const settings = this.#config.subgraphSettings(name);
    const metrics = this.#options.metrics.of(name);
    const urls = (this.#config.subgraphUrls(name) ?? [url]).flatMap((one) => parseUrl(one) ?? []);
    if (urls.length === 0)
      log.error({ subgraph: name }, "the subgraph has no usable URL: SUBGRAPH_URL_<NAME> can give it one");
    const endpoints = urls.map((one) => this.#endpoint(one, settings, metrics));
    for (const { close } of this.#endpoints.get(name) ?? []) close();
    this.#endpoints.set(name, endpoints);
    metrics.watchEndpoints(endpoints);
    return new SubgraphDataSource(name, protect(endpoints, limitsOf(settings), metrics), surroundings);
  };

  #endpoint(url: URL, settings: SubgraphSettings, metrics: SubgraphMetrics): Endpoint {
    const { log } = this.#options;
    const call = httpCall({ url, dispatcher: this.#dispatcher, log });
    return new Endpoint({
      url,
      call: metrics.attemptsAt(url, call),
      isReachable: () => isReachable(this.#dispatcher, url),
      breaker: { failures: settings.SUBGRAPH_BREAKER_FAILURES, openMs: settings.SUBGRAPH_BREAKER_OPEN_MS },
      log: log.child({ subgraph: metrics.subgraph }),
    });
  }

  /** Whether each subgraph answers now, at one of its endpoints. */
  async reachable(): Promise<Record<string, boolean>> {
    const results = [...this.#endpoints].map(async ([name, endpoints]) => {
      const answers = await Promise.all(endpoints.map(({ url }) => isReachable(this.#dispatcher, url)));
      return [name, answers.includes(true)] as const;
    });
    return Object.fromEntries(await Promise.all(results));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { close } of [...this.#endpoints.values()].flat()) close();
    await this.#dispatcher.close();
  }
}

const limitsOf = (settings: SubgraphSettings): SubgraphLimits => ({
  timeoutMs: settings.SUBGRAPH_TIMEOUT_MS,
  bulkhead: { inFlight: settings.SUBGRAPH_MAX_IN_FLIGHT, queued: settings.SUBGRAPH_MAX_QUEUED },
  retry: { retries: settings.SUBGRAPH_RETRIES, budgetPercent: settings.SUBGRAPH_RETRY_BUDGET_PERCENT },
  sharesIdentical: settings.SUBGRAPH_SHARE_IDENTICAL,
});

function staleEntitiesOf(config: RouterConfig): StaleEntities | null {
  const limits = { maxEntries: config.STALE_MAX_ENTRIES, maxAgeSeconds: config.STALE_MAX_AGE_SECONDS };
  return limits.maxAgeSeconds > 0 ? new StaleEntities(config.STALE_FIELDS, limits) : null;
}

function parseUrl(url: string | undefined): URL | undefined {
  const parsed = url ? URL.parse(url) : null;
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed : undefined;
}
