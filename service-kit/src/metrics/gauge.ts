import { Gauge, type Registry } from "prom-client";

interface GaugeOptions {
  readonly name: string;
  readonly help: string;
  /** What it is at the moment. */
  readonly read: () => number;
}

/** Adds a gauge that is read whenever somebody asks for the metrics. */
export function addGauge(registry: Registry, { name, help, read }: GaugeOptions): void {
  new Gauge({
    ...{ name, help, registers: [registry] },
    collect() {
      this.set(read());
    },
  });
}
