import type { Experiment } from "../experiment.ts";
import { observed } from "../tolerances/tolerances.ts";
import { everyday } from "./mixes.ts";

const none = { unit: "count", atMost: 0 } as const;

export const concurrentEdits: Experiment = {
  name: "concurrent-edits",
  title: "Concurrent edits of one task",
  hypothesis:
    "Of eight edits of the same version exactly one is done; all others are told of the conflict, and of the version that there is now. A repeated edit is answered as before, also when the server that did it has died meanwhile.",
  load: { mix: everyday, perSecond: 20 },
  seconds: { before: 3, during: 8, after: 3 },
  faults: [{ kind: "passing", fault: { kind: "crash", target: "tasks-0" }, afterSeconds: 3, forSeconds: 0 }],
  probe: "concurrent-edits",
  tolerances: [
    observed("edits sent", { unit: "count", atLeast: 160 }),
    observed("rounds with other than one winner", none),
    observed("edits that overwrote another unseen", none),
    observed("edits that were answered and are not there", none),
    observed("conflicts that did not tell the current version", none),
    observed("edits answered with something else", none),
    observed("repeated edits that did not replay", none),
    observed("repeated edits that were done again", none),
  ],
  controls: [{ without: "the version that was seen", probe: "concurrent-edits-unguarded" }],
};
