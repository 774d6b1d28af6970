import fastify from "fastify";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { Log } from "../log.ts";
import { operatorsPage } from "./page.ts";

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where a server puts what it counts, for operators to see. */
export interface Metrics extends AsyncDisposable {
  readonly registry: Registry;
  /** Begins to show them; `address` is for those who listen themselves. */
  listen(address: Address): Promise<void>;
}

/** A page for people. */
export interface StatusPage {
  readonly title: string;
  /** What stands on it now, as HTML. */
  readonly sections: () => string;
}

/** What a server counts, the process's own (memory, event-loop delay, garbage collection) among it, on a port of its own. */
export function createMetricsServer(log: Log, page: StatusPage): Metrics {
  const registry = createRegistry();
  const { listen, [Symbol.asyncDispose]: close } = metricsServer(log, page, async () => registry);
  return {
    registry,
    listen,
    async [Symbol.asyncDispose]() {
      await close();
      registry.clear();
    },
  };
}

/** Metrics that have the process's own in them. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/**
 * A port that is for operators and never public: `/metrics` in the text format of Prometheus, of what `collect` resolves to,
 * and at `/` the page, made once that is known.
 */
export function metricsServer(
  log: Log,
  { title, sections }: StatusPage,
  collect: () => Promise<Registry>,
): Omit<Metrics, "registry"> {
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.get("/metrics", async (_, reply) => {
    const registry = await collect();
    reply.type(registry.contentType);
    return registry.metrics();
  });
  app.get("/", async (_, reply) => {
    await collect();
    reply.type("text/html; charset=utf-8");
    reply.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
    return operatorsPage(title, sections());
  });
  return {
    async listen(address) {
      const url = await app.listen(address);
      log.info({ url }, "metrics");
    },
    [Symbol.asyncDispose]: () => app.close(),
  };
}
