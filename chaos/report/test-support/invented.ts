import type { Experiment } from "../../experiment.ts";
import type { MetricValues, RunRecord } from "../../lab/run-record.ts";
import type { Sample } from "../../load/sample.ts";
import { latency, succeed } from "../../tolerances/tolerances.ts";
import { aboutOf, type Report } from "../report.ts";
import type { Result } from "../result.ts";
import { summarise } from "../summarise.ts";

const none: MetricValues = new Map();

/** A run of 1 s before, 2 s during and 1 s after, in which nothing was wrong. */
export const run = (differences: Partial<RunRecord> = {}): RunRecord => ({
  phases: { before: { from: 0, to: 1_000 }, during: { from: 1_000, to: 3_000 }, after: { from: 3_000, to: 4_000 } },
  samples: every(100, 4_000),
  events: [],
  metrics: { before: none, during: none },
  findings: { lost: [], doubled: [], unexpected: [], crossed: [] },
  writes: { sent: 0, acknowledged: 3, refused: 0, unknown: 0 },
  observations: {},
  stolenPercent: 0,
  memory: [],
  ...differences,
});

export const sample = (at: number, differences: Partial<Sample> = {}): Sample => ({
  ...{ operation: "tasks", at, ms: 10, outcome: "ok" },
  ...differences,
});

/** A sample at each multiple of `stepMs`. */
export const every = (stepMs: number, endMs: number, of: (at: number) => Partial<Sample> = () => ({})): Sample[] =>
  Array.from({ length: endMs / stepMs }, (_, index) => sample(index * stepMs, of(index * stepMs)));

export const failedDuring = every(100, 4_000, (at) =>
  at >= 1_000 && at < 3_000 ? { outcome: "failed", code: "SUBGRAPH_UNAVAILABLE", ms: 900 } : {},
);

export const experiment: Experiment = {
  name: "invented",
  title: "Something <odd> & “quoted”",
  hypothesis: "Tasks | lists are read as before.",
  load: { mix: { tasks: 1 }, perSecond: 10 },
  seconds: { before: 1, during: 2, after: 1 },
  faults: [{ kind: "kill", target: "users" }],
  env: { router: { ONE: "1" } },
  tolerances: [
    succeed({ of: ["tasks"], phase: "during", atLeast: 99.9 }),
    latency({ of: ["tasks"], phase: "during", percent: 99, atMost: 500 }),
  ],
  controls: [{ without: "the retries", env: { router: { TWO: "2" }, users: { THREE: "3" } } }],
};

interface Of {
  readonly record?: RunRecord;
  readonly isControl?: boolean;
  readonly seed?: number;
}

export const result = ({ record = run(), isControl = false, seed = 7 }: Of = {}): Result =>
  summarise(record, {
    ...{ experiment, seed, startedAt: new Date("2026-11-28T10:00:00Z"), durationMs: 4_321.6 },
    control: isControl ? experiment.controls[0] : undefined,
  });

/** A report of a run that failed, and of a control that failed as it should. */
export const report = (differences: Partial<Report> = {}): Report => ({
  ...{ commit: "0123456789abcdef0123456789abcdef01234567", hasLocalChanges: false },
  ...{ startedAt: "2026-11-28T10:00:00.000Z", durationMs: 60_000, seeds: [7], isComplete: true },
  machine: {
    ...{ cpus: 2, cpuModel: "Invented CPU", memoryBytes: 8 * 1_073_741_824, system: "linux x64" },
    ...{ nodeVersion: "24.21.0", mongodVersion: "6.0.5", loadAverage: 0.5 },
  },
  settings: { only: [], hasControls: true, isShort: false, niceness: { router: 4 }, everyServer: {}, repeat: 1 },
  experiments: [aboutOf(experiment)],
  results: [
    result({ record: run({ samples: failedDuring }) }),
    result({ record: run({ samples: failedDuring }), isControl: true }),
  ],
  breakdowns: [],
  ...differences,
});
