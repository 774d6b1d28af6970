import type { Experiment } from "../experiment.ts";
import { longestGap, succeed } from "../tolerances/tolerances.ts";
import { reads, tasksOnly, writes } from "./mixes.ts";

export const primaryKilled: Experiment = {
  name: "primary-killed",
  title: "The primary is killed during writes",
  hypothesis:
    "Another member takes over, writing goes on within 15 seconds, and no acknowledged write is lost or done twice.",
  load: { mix: { ...tasksOnly, federated: 20, me: 10 }, perSecond: 40 },
  seconds: { before: 4, during: 15, after: 8 },
  faults: [{ kind: "kill", target: "primary" }],
  tolerances: [
    longestGap({ of: writes, atMost: 15_000 }),
    longestGap({ of: reads, atMost: 15_000 }),
    succeed({ of: writes, atLeast: 100 }),
    succeed({ of: reads, phase: "after", atLeast: 99.9 }),
  ],
  controls: [{ without: "other members", faults: [{ kind: "kill", target: "mongodb" }] }],
};
