import type { Experiment } from "../experiment.ts";
import { latency, longestGap, recovery, succeed } from "../tolerances/tolerances.ts";
import { everyday, reads, writes } from "./mixes.ts";

export const mongodbDown: Experiment = {
  name: "mongodb-down",
  title: "All of MongoDB is down",
  hypothesis:
    "Every answer comes within the time-out, with a coded error; no server ends; and when MongoDB is back, so is the product, without anybody's doing.",
  load: { mix: { ...everyday, login: 5 }, perSecond: 40 },
  seconds: { before: 5, during: 8, after: 20 },
  faults: [{ kind: "kill", target: "mongodb" }],
  tolerances: [
    latency({ of: ["tasks", "federated", "me", "login"], phase: "during", percent: 100, atMost: 3_250 }),
    longestGap({ of: writes, phase: "after", atMost: 15_000 }),
    succeed({ of: writes, atLeast: 100 }),
    recovery({ of: [...reads, "login"], atMost: 15_000 }),
  ],
  controls: [
    {
      without: "timeouts",
      env: { router: { SUBGRAPH_TIMEOUT_MS: "30000", REQUEST_TIMEOUT_MS: "30000", SUBGRAPH_BREAKER_FAILURES: "0" } },
    },
  ],
};
