import { Counter, type Registry } from "prom-client";

/** In which way an operation was executed; "departed": it began compiled, and the gateway had to go on. */
export type Way = "compiled" | "gateway" | "departed_errors" | "departed_shape";

export interface ExecutionObserver {
  executed(way: Way): void;
}

/** Counts in which way operations are executed. */
export function countExecutions(registry: Registry): ExecutionObserver {
  const counts: Record<Way, number> = { compiled: 0, gateway: 0, departed_errors: 0, departed_shape: 0 };
  const counter = new Counter({
    name: "tareas_router_operations_total",
    help: "Operations, by how they were executed: compiled, by Apollo's gateway, or departed from the one to the other.",
    labelNames: ["way"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [way, count] of Object.entries(counts)) counter.inc({ way }, count);
    },
  });
  return {
    executed(way) {
      counts[way] += 1;
    },
  };
}
