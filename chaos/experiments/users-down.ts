import type { Experiment } from "../experiment.ts";
import { latency, recovery, succeed } from "../tolerances/tolerances.ts";
import { everyday } from "./mixes.ts";

export const usersDown: Experiment = {
  name: "users-down",
  title: "The users subgraph is down",
  hypothesis:
    "Tasks are read and written as before. Where an answer would hold a user, it holds the name seen last, and says so, or a coded error in its place.",
  load: { mix: { ...everyday, login: 5 }, perSecond: 60 },
  seconds: { before: 5, during: 10, after: 10 },
  faults: [{ kind: "kill", target: "users" }],
  tolerances: [
    succeed({ of: ["tasks", "create", "rename", "delete"], phase: "during", atOnce: true, atLeast: 99.9 }),
    succeed({ of: ["federated"], good: ["ok", "stale", "partial"], phase: "during", atLeast: 99.9 }),
    succeed({ of: ["federated"], phase: "during", atLeast: 90 }),
    latency({ of: ["federated", "me"], phase: "during", percent: 99, atMost: 500 }),
    recovery({ of: ["federated", "me", "login"], atMost: 6_000 }),
  ],
  controls: [{ without: "names seen lately", env: { router: { STALE_MAX_AGE_SECONDS: "0" } } }],
};
