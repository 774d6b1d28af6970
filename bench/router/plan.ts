import type { WorkloadName } from "./workloads/workloads.ts";

/** How often and how long it is measured. */
export interface Plan {
  readonly workloads: readonly WorkloadName[];
  /** Of two servers that are alike one is a little quicker, for as long as it lives: each start is of new processes. */
  readonly starts: number;
  readonly turnsPerStart: number;
  readonly connections: readonly number[];
  readonly warmUpMs: number;
  readonly turnMs: number;
  readonly latencyWorkloads: readonly WorkloadName[];
  readonly latencyMs: number;
  /** Of the throughput of the slowest. */
  readonly latencyShare: number;
}

const latencyShare = 0.7;

export const fullPlan = (workloads: readonly WorkloadName[], rounds: number): Plan => ({
  workloads,
  ...{ starts: rounds, turnsPerStart: 1, connections: [32, 256] },
  ...{ warmUpMs: 4_000, turnMs: 5_000 },
  ...{ latencyWorkloads: workloads, latencyMs: 8_000, latencyShare },
});

/** A minute in all. */
export const quickPlan = (workloads: readonly WorkloadName[], rounds: number): Plan => ({
  workloads,
  ...{ starts: 1, turnsPerStart: rounds, connections: [32] },
  ...{ warmUpMs: 4_000, turnMs: 2_000 },
  ...{ latencyWorkloads: workloads.slice(0, 1), latencyMs: 4_000, latencyShare },
});
