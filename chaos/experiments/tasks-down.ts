import type { Experiment } from "../experiment.ts";
import { latency, recovery, restarts, succeed } from "../tolerances/tolerances.ts";
import { everyday, writes } from "./mixes.ts";

export const tasksDown: Experiment = {
  name: "tasks-down",
  title: "The tasks subgraph is down",
  hypothesis:
    "People are signed in and known as before. Reads of tasks fail at once with a coded error, and every write that a client goes on trying is done once the subgraph is back.",
  load: { mix: everyday, perSecond: 60 },
  seconds: { before: 5, during: 8, after: 12 },
  faults: [{ kind: "kill", target: "tasks" }],
  tolerances: [
    succeed({ of: ["me", "login"], phase: "during", atLeast: 99.9 }),
    latency({ of: ["tasks", "federated"], phase: "during", percent: 99, atMost: 500 }),
    succeed({ of: writes, atLeast: 100 }),
    restarts(5_000),
    recovery({ of: ["tasks", "federated"], atMost: 6_000 }),
  ],
  controls: [{ without: "clients that try again", load: { patienceMs: 0 } }],
};
