import type { Experiment } from "../experiment.ts";
import { longestGap, restarts, succeed } from "../tolerances/tolerances.ts";
import { mostlyReads, reads, writes } from "./mixes.ts";

export const routerKilled: Experiment = {
  name: "router-killed",
  title: "One of two routers is killed",
  hypothesis: "Only what was on its way in it is lost, and clients try a write again: hardly a read fails.",
  // Nobody can answer for a router what it was asked; of so many reads that is less than one in a thousand.
  load: { mix: mostlyReads, perSecond: 80 },
  seconds: { before: 5, during: 40, after: 35 },
  faults: [{ kind: "kill", target: "router-0" }],
  tolerances: [
    succeed({ of: reads, atLeast: 99.9 }),
    longestGap({ of: reads, atMost: 1_000 }),
    succeed({ of: writes, atLeast: 100 }),
    restarts(5_000),
  ],
  controls: [{ without: "a second router", faults: [{ kind: "kill", target: "router" }] }],
};
