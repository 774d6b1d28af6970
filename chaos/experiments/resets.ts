import type { Experiment } from "../experiment.ts";
import { recovery, succeed } from "../tolerances/tolerances.ts";
import { tasksOnly, writes } from "./mixes.ts";

export const resets: Experiment = {
  name: "resets",
  title: "Three of ten requests to the tasks subgraph have their connection reset",
  hypothesis:
    "The router's retries hide what their budget allows, and clients that go on trying get every write done once.",
  load: { mix: tasksOnly, perSecond: 40 },
  seconds: { before: 4, during: 12, after: 4 },
  faults: [{ kind: "link", target: "tasks", fault: { kind: "reset", share: 0.3 } }],
  tolerances: [
    // What a budget of a fifth can do once its reserve is used up: of 30 in a hundred it tries 20 again, and 14 of these succeed.
    succeed({ of: ["tasks"], phase: "during", atLeast: 84 }),
    succeed({ of: writes, atLeast: 100 }),
    recovery({ of: ["tasks"], atMost: 1_000 }),
  ],
  controls: [{ without: "retries", env: { router: { SUBGRAPH_RETRIES: "0" } } }],
};
