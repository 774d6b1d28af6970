import type { Experiment } from "../experiment.ts";
import { exits, succeed } from "../tolerances/tolerances.ts";
import { tasksOnly, writes } from "./mixes.ts";

export const routerRestart: Experiment = {
  name: "router-restart",
  title: "The routers and the tasks subgraph are restarted while the users subgraph is down",
  hypothesis: "They start without it and go on knowing who is who, by the keys that they have kept.",
  load: { mix: tasksOnly, perSecond: 40 },
  seconds: { before: 4, during: 10, after: 6 },
  faults: [
    { kind: "kill", target: "users" },
    { kind: "rolling-restart", targets: ["router-0", "tasks-0", "router-1", "tasks-1"] },
  ],
  tolerances: [succeed({ of: ["tasks", ...writes], atOnce: true, atLeast: 100 }), exits(30_000)],
  controls: [
    {
      without: "the keys that are kept on disk",
      env: { router: { AUTH_JWKS_FILE: "/proc/none/jwks.json" }, tasks: { AUTH_JWKS_FILE: "/proc/none/jwks.json" } },
    },
  ],
};
