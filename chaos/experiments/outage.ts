import type { Experiment } from "../experiment.ts";
import { breakersClosed } from "../tolerances/breakers.ts";
import { attemptsPerCall, latency, recovery } from "../tolerances/tolerances.ts";

export const outage: Experiment = {
  name: "outage",
  title: "Every connection to the subgraphs is reset for a while, and then none",
  hypothesis:
    "The router does not add to the trouble: it sends hardly more than it is asked for, a mutation without a key once at most, and it is back soon after the subgraphs are.",
  load: { mix: { tasks: 9, login: 1 }, perSecond: 60 },
  seconds: { before: 4, during: 10, after: 10 },
  // Sign-ins are all that users is asked for here; without a breaker each of them shows how often it is sent.
  env: { router: { SUBGRAPH_BREAKER_FAILURES_USERS: "0" } },
  faults: [
    { kind: "link", target: "tasks", fault: { kind: "reset", share: 1 } },
    { kind: "link", target: "users", fault: { kind: "reset", share: 1 } },
  ],
  tolerances: [
    attemptsPerCall("tasks", { atMost: 1.2 }),
    attemptsPerCall("users", { atLeast: 1, atMost: 1 }),
    latency({ of: ["tasks"], phase: "during", percent: 99, atMost: 500 }),
    breakersClosed(10_000),
    recovery({ of: ["tasks", "login"], atMost: 5_000 }),
  ],
  controls: [
    {
      without: "retry budget and circuit breaker",
      env: { router: { SUBGRAPH_RETRY_BUDGET_PERCENT: "100", SUBGRAPH_BREAKER_FAILURES: "0" } },
    },
  ],
};
