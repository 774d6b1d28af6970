import { type Control, type Experiment, envOf } from "../experiment.ts";
import { describeFault } from "../faults/fault.ts";
import type { RunRecord } from "../lab/run-record.ts";
import { judge, type Tolerance } from "../tolerances/tolerance.ts";
import { always, timeToDetect, timeToRecoverAll } from "../tolerances/tolerances.ts";
import { memorySeriesOf } from "./memory-series.ts";
import { figuresOf, orNull } from "./phase-figures.ts";
import type { Capped, ReportedVerdict, Result } from "./result.ts";
import { shownValue } from "./rounding.ts";
import { timeSeriesOf } from "./time-series.ts";

export interface Circumstances {
  readonly experiment: Experiment;
  readonly control?: Control | undefined;
  readonly seed: number;
  readonly startedAt: Date;
  readonly durationMs: number;
}

const mostEvents = 200;
const mostFindings = 20;
const mostSetbacks = 20;
const leastQuietMs = 1_000;

/** Judges a run, and keeps of it what a report shows: figures in place of samples. */
export function summarise(run: RunRecord, circumstances: Circumstances): Result {
  const { experiment, control, seed, startedAt, durationMs } = circumstances;
  const verdicts = [
    ...experiment.tolerances.map((tolerance) => verdictOn(tolerance, run, "experiment")),
    ...always.map((tolerance) => verdictOn(tolerance, run, "always")),
  ];
  const { before, during, after } = run.phases;
  const { lost, doubled, unexpected, crossed } = run.findings;
  const first = (list: readonly string[]) => capped(list, mostFindings);
  return {
    ...{ experiment: experiment.name, seed, control: control?.without ?? null, verdicts },
    passed: verdicts.every(({ holds }) => holds),
    ...{ startedAt: startedAt.toISOString(), durationMs: Math.round(durationMs) },
    ...{ timeToDetectMs: orNull(timeToDetect(run)), timeToRecoverMs: recoveryMs(run) },
    phases: {
      before: figuresOf(run.samples, before),
      during: figuresOf(run.samples, during),
      after: figuresOf(run.samples, after),
    },
    events: capped(run.events, mostEvents),
    setbacks: capped(setbacksOf(run.samples), mostSetbacks),
    writes: run.writes,
    findings: { lost: first(lost), doubled: first(doubled), unexpected: first(unexpected), crossed: first(crossed) },
    ...{ observations: run.observations, stolenPercent: run.stolenPercent, setAside: [] },
    env: envOf(experiment, control),
    faults: (control?.faults ?? experiment.faults).map(describeFault),
    series: timeSeriesOf(run.samples, after.to),
    memory: memorySeriesOf(run.memory, after.to),
  };
}

const setbacksOf = (samples: RunRecord["samples"]) =>
  samples
    .flatMap(({ at, operation, setback }) => (setback ? [{ at, operation, setback }] : []))
    .toSorted((one, other) => one.at - other.at);

/** Null unless nothing failed any more for a second: what fails to the end has not recovered by then. */
function recoveryMs(run: RunRecord): number | null {
  const ms = timeToRecoverAll(run);
  const { from, to } = run.phases.after;
  return ms === 0 || to - from - ms >= leastQuietMs ? orNull(ms) : null;
}

function verdictOn(tolerance: Tolerance, run: RunRecord, of: ReportedVerdict["of"]): ReportedVerdict {
  const { value, ...verdict } = judge(tolerance, run);
  return { ...verdict, value: orNull(value), shown: shownValue(value, tolerance), of };
}

const capped = <T>(list: readonly T[], most: number): Capped<T> => ({
  total: list.length,
  first: list.slice(0, most),
});
