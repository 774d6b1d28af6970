import type { Experiment } from "../experiment.ts";
import { recovery, succeed } from "../tolerances/tolerances.ts";
import { writes, writesFirst } from "./mixes.ts";

export const lostAnswers: Experiment = {
  name: "lost-answers",
  title: "Writes are committed, and three of ten answers are lost",
  hypothesis: "What is sent again under the same Idempotency-Key is answered as it was the first time, and done once.",
  load: { mix: writesFirst, perSecond: 30 },
  seconds: { before: 4, during: 12, after: 4 },
  faults: [{ kind: "link", target: "tasks", fault: { kind: "lose-answers", share: 0.3 } }],
  tolerances: [succeed({ of: writes, atLeast: 100 }), recovery({ of: ["tasks", ...writes], atMost: 2_000 })],
  controls: [{ without: "idempotency keys", load: { hasKeys: false } }],
};
