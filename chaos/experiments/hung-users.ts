import type { Experiment } from "../experiment.ts";
import { breakersClosed, failingFast, failuresToOpen } from "../tolerances/breakers.ts";
import { latency, recovery, succeed } from "../tolerances/tolerances.ts";
import { everyday, writes } from "./mixes.ts";

const timeoutMs = 3_000;

export const hungUsers: Experiment = {
  name: "hung-users",
  title: "The users subgraph hangs: it is not dead, and does not answer",
  hypothesis:
    "Nobody waits longer than the time-out, and the other fields are there. After five failures the breaker is open, and then nobody waits at all.",
  load: { mix: { ...everyday, login: 5 }, perSecond: 60 },
  seconds: { before: 5, during: 12, after: 12 },
  faults: [{ kind: "hang", target: "users" }],
  tolerances: [
    succeed({ of: ["tasks", ...writes], phase: "during", atOnce: true, atLeast: 99.9 }),
    succeed({ of: ["federated"], good: ["ok", "stale", "partial"], phase: "during", atLeast: 99.9 }),
    latency({ of: ["federated", "me"], phase: "during", percent: 100, atMost: timeoutMs + 250 }),
    failuresToOpen(5),
    failingFast(["me"], 99, 50), // which asks for nothing else: a federated read waits for its tasks as well
    breakersClosed(10_000),
    recovery({ of: ["federated", "me", "login"], atMost: 10_000 }),
  ],
  controls: [{ without: "circuit breaker", env: { router: { SUBGRAPH_BREAKER_FAILURES: "0" } } }],
};
