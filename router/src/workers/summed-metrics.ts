import { addGauge } from "@tareas/service-kit/metrics/gauge";
import { AggregatorRegistry, Counter, Registry } from "prom-client";
import type { MetricValues } from "./messages.ts";

/**
 * The metrics of several processes as those of one. What a process had counted when it ended stays in the sum: a counter that
 * goes down is taken by Prometheus for one that began anew, and all that the others ever counted for an increase.
 */
export class SummedMetrics {
  readonly #own = new Registry();
  readonly #ends: Counter;
  #left: MetricValues = [];

  constructor(serving: () => number) {
    addGauge(this.#own, { name: "tareas_router_workers", help: "Router processes that answer.", read: serving });
    this.#ends = new Counter({
      name: "tareas_router_worker_ends_total",
      help: "Router processes that have ended and were followed by another.",
      registers: [this.#own],
    });
  }

  /** A process has ended: what it was at that moment is over, what it has counted remains. */
  leave(metrics: MetricValues = []): void {
    this.#ends.inc();
    const counted = metrics.filter(({ type }) => ["counter", "histogram"].includes(String(type)));
    // The metrics of a registry of sums hold their values themselves.
    this.#left = sumOf([this.#left, counted]).getMetricsAsArray() as MetricValues;
  }

  /** Of those that run, and of those that did. */
  async with(running: readonly MetricValues[]): Promise<Registry> {
    return sumOf([...running, this.#left, await this.#own.getMetricsAsJSON()]);
  }
}

const sumOf = (all: readonly MetricValues[]): Registry => AggregatorRegistry.aggregate([...all]);
