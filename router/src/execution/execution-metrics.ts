import { Tally } from "@tareas/service-kit/metrics/tally";
import type { Registry } from "prom-client";

/** In which way an operation was executed; "departed": it began compiled, and the gateway had to go on. */
export type Way = "compiled" | "gateway" | "departed_errors" | "departed_shape";

export interface ExecutionObserver {
  executed(way: Way): void;
}

/** Counts in which way operations are executed. */
export function countExecutions(registry: Registry): ExecutionObserver {
  const ways = new Tally(registry, {
    name: "tareas_router_operations_total",
    help: "Operations, by how they were executed: compiled, by Apollo's gateway, or departed from the one to the other.",
    labelNames: ["way"],
  });
  return { executed: (way) => ways.add(way) };
}
