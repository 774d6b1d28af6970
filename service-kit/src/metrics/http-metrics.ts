import type { FastifyInstance } from "fastify";
import { Counter, Gauge, type Registry } from "prom-client";

/** What a server tells of the requests that it gets; for its metrics, and for a page for people. */
export interface HttpMetrics {
  /** How many were answered so far, by status. */
  readonly answered: ReadonlyMap<number, number>;
}

/** Counts the requests of `app`, and shows what its admission control does. To be called before it has routes. */
export function countRequests(app: FastifyInstance, registry: Registry): HttpMetrics {
  const registers = [registry];
  const { control, refused } = app.admission;
  const answered = new Map<number, number>();
  const requests = new Counter({
    name: "tareas_http_requests_total",
    help: "Requests that were answered, by status.",
    labelNames: ["status"],
    registers,
  });
  app.addHook("onResponse", async (_, { statusCode: status }) => {
    requests.inc({ status });
    answered.set(status, (answered.get(status) ?? 0) + 1);
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `tareas_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("http_requests_in_flight", "Requests that are worked on.", () => control.inFlight);
  gauge("admission_limit", "How many requests may be worked on at a time.", () => control.limit);
  gauge("admission_delay_seconds", "How late the event loop is, as admission sees it.", () => control.delayMs / 1_000);
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
