import fastify from "fastify";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { Log } from "../log.ts";

export interface MetricsServer extends AsyncDisposable {
  readonly registry: Registry;
  /** Begins to listen; resolves to where. */
  listen(address: { readonly host: string; readonly port: number }): Promise<string>;
}

/**
 * What a server counts, on a port of its own that is for operators and never public: `/metrics` in the text format of
 * Prometheus, the process's own (memory, event-loop delay, garbage collection) among them, and at `/` a page for people.
 */
export function createMetricsServer(log: Log, statusPage: () => Promise<string>): MetricsServer {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.get("/metrics", async (_, reply) => {
    reply.type(registry.contentType);
    return registry.metrics();
  });
  app.get("/", async (_, reply) => {
    reply.type("text/html; charset=utf-8");
    reply.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
    return statusPage();
  });
  return {
    registry,
    async listen(address) {
      const url = await app.listen(address);
      log.info({ url }, "metrics");
      return url;
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      registry.clear();
    },
  };
}
