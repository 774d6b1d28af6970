import type { Experiment } from "../experiment.ts";
import { exits, succeed } from "../tolerances/tolerances.ts";
import { everyday } from "./mixes.ts";

export const rollingRestart: Experiment = {
  name: "rolling-restart",
  title: "Every server is restarted, one after the other",
  hypothesis: "Nobody notices: not one request fails, sign-ins that may be sent only once among them.",
  load: { mix: { ...everyday, login: 5 }, perSecond: 60 },
  seconds: { before: 4, during: 10, after: 5 },
  faults: [{ kind: "rolling-restart", targets: ["users", "tasks", "router"] }],
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
