import type { FastifyInstance } from "fastify";
import { type Aggregator, Counter, Histogram, type Registry } from "prom-client";
import { isHealthCheck } from "../http/health.ts";
import type { RequestScope } from "../request-scope.ts";
import { addGauge } from "./gauge.ts";

/** What a server tells of the requests that it gets; for its metrics, and for a page for people. */
export interface HttpMetrics {
  /** How many were answered so far, by status. */
  readonly answered: ReadonlyMap<number, number>;
}

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const outcomeOf = (status: number, { fault }: RequestScope) => {
  if (status >= 500 || fault === "server") return "server_error";
  return status >= 400 || fault === "client" ? "client_error" : "ok";
};

/** Counts the requests of `app`, and shows what its admission control does. To be called before it has routes. */
export function countRequests(app: FastifyInstance, registry: Registry): HttpMetrics {
  const registers = [registry];
  const { control, refused } = app.admission;
  const answered = new Map<number, number>();
  new Counter({
    name: "tareas_http_requests_total",
    help: "Requests that were answered, by status.",
    labelNames: ["status"],
    registers,
    collect() {
      this.reset();
      for (const [status, count] of answered) this.inc({ status }, count);
    },
  });
  const seconds = new Histogram({
    name: "tareas_operation_seconds",
    help: "How long requests took, by what they do: a GraphQL operation by its first field, others by their route.",
    labelNames: ["operation", "outcome"],
    buckets: secondsBuckets,
    registers,
  });
  app.addHook("onResponse", async (request, { statusCode: status, elapsedTime }) => {
    answered.set(status, (answered.get(status) ?? 0) + 1);
    if (isHealthCheck(request)) return;
    const { method, route, scope } = request;
    const operation = scope.operation ?? `${method} ${route.url ?? "unknown"}`;
    seconds.observe({ operation, outcome: outcomeOf(status, scope) }, elapsedTime / 1_000);
  });
  const gauge = (name: string, help: string, read: () => number, aggregator?: Aggregator) =>
    addGauge(registry, { name: `tareas_${name}`, help, read, ...(aggregator && { aggregator }) });
  gauge("http_requests_in_flight", "Requests that are worked on.", () => control.inFlight);
  gauge("admission_limit", "How many requests may be worked on at a time.", () => control.limit);
  const delaySeconds = () => control.delayMs / 1_000;
  gauge("admission_delay_seconds", "How late the event loop is, as admission sees it.", delaySeconds, "max");
  const refusals = new Counter({
    name: "tareas_admission_refused_total",
    help: "Requests refused because there was too much to do, by priority; unread: before the body that tells it was read.",
    labelNames: ["priority"],
    registers,
    collect() {
      this.reset();
      for (const [priority, count] of Object.entries(refused)) refusals.inc({ priority }, count);
    },
  });
  return { answered };
}
