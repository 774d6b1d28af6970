import type { Experiment } from "../experiment.ts";
import { exits, succeed } from "../tolerances/tolerances.ts";
import { everyday } from "./mixes.ts";

export const rollingRestart: Experiment = {
  name: "rolling-restart",
  title: "Every server is restarted, one after the other",
  hypothesis: "Nobody notices: not one request fails, sign-ins that may be sent only once among them.",
  // On two processors a server that starts takes one of them for some seconds: this is what the other carries for all.
  load: { mix: { ...everyday, login: 5 }, perSecond: 30 },
  seconds: { before: 4, during: 10, after: 5 },
  // One of each kind, then the other: it has been ready for a while by then, as Kubernetes' minReadySeconds would have it.
  faults: [{ kind: "rolling-restart", targets: ["users-0", "tasks-0", "router-0", "users-1", "tasks-1", "router-1"] }],
  tolerances: [
    succeed({
      of: ["tasks", "federated", "me", "login", "create", "rename", "delete"],
      good: ["ok"],
      atOnce: true,
      atLeast: 100,
    }),
    exits(30_000),
  ],
  controls: [
    {
      without: "an orderly end (SIGKILL instead of SIGTERM)",
      faults: [
        { kind: "crash", target: "router-0" },
        { kind: "crash", target: "router-1" },
        { kind: "crash", target: "users" },
        { kind: "crash", target: "router-0" },
        { kind: "crash", target: "router-1" },
      ],
    },
  ],
};
