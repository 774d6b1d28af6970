import type { Experiment } from "../experiment.ts";
import { longestGap, succeed } from "../tolerances/tolerances.ts";
import { reads, tasksOnly, writes } from "./mixes.ts";

export const stepDown: Experiment = {
  name: "step-down",
  title: "The primary steps down during writes, again and again",
  hypothesis: "Elections are waited for: nobody is told of them, and no acknowledged write is lost or done twice.",
  load: { mix: { ...tasksOnly, federated: 20, me: 10 }, perSecond: 60 },
  seconds: { before: 4, during: 30, after: 6 },
  faults: [{ kind: "step-down", everySeconds: 3 }],
  tolerances: [
    succeed({ of: reads, atLeast: 99.9 }),
    succeed({ of: writes, atLeast: 100 }),
    succeed({ of: writes, atOnce: true, atLeast: 99 }),
    longestGap({ of: writes, atMost: 5_000 }),
  ],
  controls: [{ without: "retries", env: { users: { MONGODB_RETRIES: "false" }, tasks: { MONGODB_RETRIES: "false" } } }],
};
