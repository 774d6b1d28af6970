import type { Experiment } from "../experiment.ts";
import { latency, recovery, succeed } from "../tolerances/tolerances.ts";
import { everyday, writes } from "./mixes.ts";

export const slowMongodb: Experiment = {
  name: "slow-mongodb",
  title: "MongoDB answers a second later",
  hypothesis:
    "What takes too long is given up, and said to be: no answer takes longer than the time-out, and writes that were given up are done once, when clients try again.",
  load: { mix: everyday, perSecond: 30 },
  seconds: { before: 5, during: 12, after: 15 },
  faults: [{ kind: "link", target: "mongodb", fault: { kind: "latency", ms: 1_000 } }],
  tolerances: [
    latency({ of: ["tasks", "me", "login"], phase: "during", percent: 100, atMost: 3_250 }),
    // Two calls, one after the other.
    latency({ of: ["federated"], phase: "during", percent: 100, atMost: 6_250 }),
    succeed({ of: writes, atLeast: 100 }),
    recovery({ of: ["tasks", "federated", "me"], atMost: 10_000 }),
  ],
  controls: [
    {
      without: "timeouts",
      env: { router: { SUBGRAPH_TIMEOUT_MS: "30000", REQUEST_TIMEOUT_MS: "30000", SUBGRAPH_BREAKER_FAILURES: "0" } },
    },
  ],
};
