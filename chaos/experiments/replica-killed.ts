import type { Experiment } from "../experiment.ts";
import { longestGap, restarts, succeed } from "../tolerances/tolerances.ts";
import { everyday, reads, writes } from "./mixes.ts";

export const replicaKilled: Experiment = {
  name: "replica-killed",
  title: "One of two of each subgraph is killed",
  hypothesis: "The other one does the work: hardly a read fails, and there is no second without an answer.",
  load: { mix: everyday, perSecond: 80 },
  seconds: { before: 5, during: 12, after: 8 },
  faults: [
    { kind: "kill", target: "tasks-0" },
    { kind: "wait", seconds: 5 },
    { kind: "kill", target: "users-1" },
  ],
  tolerances: [
    succeed({ of: reads, atLeast: 99.9 }),
    longestGap({ of: reads, atMost: 1_000 }),
    succeed({ of: writes, atLeast: 100 }),
    restarts(5_000),
  ],
  controls: [
    {
      without: "retries and circuit breaker",
      env: { router: { SUBGRAPH_RETRIES: "0", SUBGRAPH_BREAKER_FAILURES: "0" } },
    },
  ],
};
