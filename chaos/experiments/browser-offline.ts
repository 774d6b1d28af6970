import type { Experiment } from "../experiment.ts";
import { observed } from "../tolerances/tolerances.ts";
import { everyday } from "./mixes.ts";

export const browserOffline: Experiment = {
  name: "browser-offline",
  title: "A browser goes offline, edits, and returns",
  hypothesis:
    "What is added, renamed, completed and deleted without a network outlives the app's end, and arrives exactly once when the network and the tasks subgraph, which died meanwhile, are back.",
  load: { mix: everyday, perSecond: 20 },
  seconds: { before: 3, during: 8, after: 3 },
  // The probe kills the tasks subgraph when the browser is offline, and starts it again when it is back.
  faults: [],
  probe: "browser-offline",
  tolerances: [
    observed("changes made offline", { unit: "count", atLeast: 11 }),
    observed("changes that did not arrive", { unit: "count", atMost: 0 }),
    observed("changes that arrived twice", { unit: "count", atMost: 0 }),
    observed("ms until all had arrived", { unit: "ms", atMost: 15_000 }),
  ],
  controls: [{ without: "the queue on disk", probe: "browser-offline-forgetful" }],
};
