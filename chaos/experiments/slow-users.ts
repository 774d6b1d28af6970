import type { Experiment } from "../experiment.ts";
import { latency, recovery, succeed } from "../tolerances/tolerances.ts";
import { everyday, writes } from "./mixes.ts";

const timeoutMs = 1_000;

export const slowUsers: Experiment = {
  name: "slow-users",
  title: "The users subgraph answers two seconds later",
  hypothesis:
    "A subgraph for which one second is set is not waited for any longer: pages of tasks come with the names seen last, and what needs the tasks subgraph alone is as fast as ever.",
  load: { mix: everyday, perSecond: 60 },
  seconds: { before: 5, during: 10, after: 8 },
  env: { router: { SUBGRAPH_TIMEOUT_MS_USERS: String(timeoutMs) } },
  faults: [{ kind: "link", target: "users", fault: { kind: "latency", ms: 2_000 } }],
  tolerances: [
    succeed({ of: ["tasks", ...writes], phase: "during", atOnce: true, atLeast: 99.9 }),
    succeed({ of: ["federated"], phase: "during", atLeast: 99 }),
    latency({ of: ["tasks"], phase: "during", percent: 99, atMost: 500 }),
    latency({ of: ["federated", "me"], phase: "during", percent: 99.9, atMost: timeoutMs + 250 }),
    recovery({ of: ["federated", "me"], atMost: 5_000 }),
  ],
  controls: [{ without: "the timeout", env: { router: { SUBGRAPH_TIMEOUT_MS_USERS: "30000" } } }],
};
