import type { Experiment } from "../experiment.ts";
import type { Fault } from "../faults/fault.ts";
import { acknowledgedWrites, faultsInjected, memoryGrowth } from "../tolerances/endurance.ts";
import { longestGap, restarts, succeed } from "../tolerances/tolerances.ts";
import { everyday, reads, writes } from "./mixes.ts";

// What is killed is a process whose name ends in 0: those that end in 1 live through all of it, and show how memory grows.
const faults: readonly Fault[] = [
  { kind: "crash", target: "users-0" },
  { kind: "crash", target: "tasks-0" },
  { kind: "crash", target: "router-0" },
  { kind: "kill", target: "tasks-0" },
  { kind: "kill", target: "users-0" },
  { kind: "hang", target: "tasks-0" },
  { kind: "hang", target: "users-1" },
  { kind: "rolling-restart", targets: ["users-0", "tasks-0", "router-0"] },
  { kind: "kill", target: "primary" },
  { kind: "step-down", everySeconds: 4 },
  { kind: "link", target: "mongodb", fault: { kind: "latency", ms: 50 } },
  { kind: "link", target: "mongod-1", fault: { kind: "reset", share: 0.05 } },
  { kind: "link", target: "users", fault: { kind: "latency", ms: 300 } },
  { kind: "link", target: "tasks-1", fault: { kind: "reset", share: 0.3 } },
  { kind: "link", target: "tasks", fault: { kind: "lose-answers", share: 0.2 } },
  { kind: "link", target: "users-0", fault: { kind: "black-hole" } },
  { kind: "link", target: "tasks", fault: { kind: "bandwidth", bytesPerSecond: 100_000 } },
  { kind: "rotate-keys" },
  { kind: "traffic", times: 2 },
];

const eachSeconds = 6;
const pauseSeconds = 10;
const count = 120;

export const soak: Experiment = {
  name: "soak",
  title: "Half an hour of work and more than a hundred faults",
  hypothesis: "Nothing adds up: no write is lost or done twice, no error goes unhandled, and memory does not grow.",
  load: { mix: everyday, perSecond: 40 },
  seconds: { before: 60, during: 60, after: 60 },
  faults: [{ kind: "mixed", faults, count, eachSeconds, pauseSeconds }],
  tolerances: [
    acknowledgedWrites(10_000),
    faultsInjected(100),
    succeed({ of: reads, atLeast: 97 }),
    succeed({ of: writes, atLeast: 100 }),
    longestGap({ of: writes, atMost: 15_000 }),
    restarts(5_000),
    memoryGrowth(["router-1", "users-1", "tasks-1"], 20),
  ],
  isLong: true,
  controls: [],
};
