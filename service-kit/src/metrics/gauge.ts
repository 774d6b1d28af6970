import { type Aggregator, Gauge, type Registry } from "prom-client";

interface GaugeOptions {
  readonly name: string;
  readonly help: string;
  /** What it is at the moment. */
  readonly read: () => number;
  /** What becomes of it where several processes are shown as one; their sum by default. */
  readonly aggregator?: Aggregator;
}

/** Adds a gauge that is read whenever somebody asks for the metrics. */
export function addGauge(registry: Registry, { name, help, read, aggregator = "sum" }: GaugeOptions): void {
  new Gauge({
    ...{ name, help, aggregator, registers: [registry] },
    collect() {
      this.set(read());
    },
  });
}
