import type { Experiment } from "../experiment.ts";
import { observed, succeed } from "../tolerances/tolerances.ts";
import { everyday, reads, writes } from "./mixes.ts";

const count = { unit: "count" } as const;

export const tokens: Experiment = {
  name: "tokens",
  title: "Expired, forged and rotated keys",
  hypothesis:
    "Every process refuses every token that is over, forged or meant for something else, and accepts every good one, of the old key and of the new, however the key rotates and the clocks differ by some seconds.",
  load: { mix: everyday, perSecond: 20 },
  seconds: { before: 3, during: 8, after: 3 },
  faults: [{ kind: "passing", fault: { kind: "rotate-keys" }, afterSeconds: 1, forSeconds: 0 }],
  probe: "tokens",
  env: { users: { AUTH_KEY_ACTIVATION_SECONDS: "4" } },
  tolerances: [
    observed("bad tokens tried", { ...count, atLeast: 400 }),
    observed("bad tokens that were accepted", { ...count, atMost: 0 }),
    observed("good tokens tried", { ...count, atLeast: 100 }),
    observed("good tokens that were refused", { ...count, atMost: 0 }),
    observed("tokens without a verdict", { ...count, atMost: 0 }),
    observed("tokens of the new key that were accepted", { ...count, atLeast: 12 }),
    succeed({ of: [...reads, ...writes, "login"], atLeast: 99.9 }),
  ],
  controls: [{ without: "the secrecy of the key", probe: "tokens-with-stolen-key" }],
};
