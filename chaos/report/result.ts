import type { Env } from "../experiment.ts";
import type { PhaseName, RunEvent, RunRecord, Span } from "../lab/run-record.ts";
import type { Findings } from "../ledger/check-ledger.ts";
import type { OperationName, Outcome, Sample } from "../load/sample.ts";
import type { Verdict } from "../tolerances/tolerance.ts";

/** What one run of an experiment, or of a negative control of it, came to. It is JSON: null where nothing was measured. */
export interface Result {
  readonly experiment: string;
  readonly seed: number;
  /** What was missing, when it was a negative control. */
  readonly control: string | null;
  readonly verdicts: readonly ReportedVerdict[];
  /** Whether all verdicts hold: a negative control must not pass. */
  readonly passed: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** From the start of the faults to the first breaker that opened, or server that a balancer left out. */
  readonly timeToDetectMs: number | null;
  /** From when the faults began to be undone; null when there was no quiet second by the end. */
  readonly timeToRecoverMs: number | null;
  readonly phases: Readonly<Record<PhaseName, PhaseFigures>>;
  readonly events: Capped<RunEvent>;
  /** The operations that did not go well at the first try, in the order in which they were due. */
  readonly setbacks: Capped<Required<Pick<Sample, "at" | "operation" | "setback">>>;
  readonly writes: RunRecord["writes"];
  readonly findings: Readonly<Record<keyof Findings, Capped<string>>>;
  readonly observations: RunRecord["observations"];
  readonly stolenPercent: RunRecord["stolenPercent"];
  /** Earlier tries of the same, which do not count since others had too much of the machine. */
  readonly setAside: readonly SetAside[];
  /** Settings of the servers that differed from the product's defaults. */
  readonly env: Env;
  /** What was done to the product, in words. */
  readonly faults: readonly string[];
  readonly series: TimeSeries;
  readonly memory: MemorySeries;
}

/** A run that does not count, however it ended. */
export interface SetAside extends Pick<Result, "stolenPercent"> {
  /** Whether it had ended as it should. */
  readonly wasGood: boolean;
}

export interface ReportedVerdict extends Omit<Verdict, "value"> {
  readonly value: number | null;
  /** The value in words, rounded to the side of its limit that is worse: never into a pass. */
  readonly shown: string;
  /** Whose tolerance it is: the experiment's own, or what holds in all. */
  readonly of: "experiment" | "always";
}

/** The first of a list, and how many there were. */
export interface Capped<T> {
  readonly total: number;
  readonly first: readonly T[];
}

export interface PhaseFigures {
  readonly span: Span;
  readonly all: OperationFigures;
  readonly operations: Readonly<Partial<Record<OperationName, OperationFigures>>>;
  /** How many operations met each code of an error first. */
  readonly codes: Readonly<Record<string, number>>;
}

/** Of the operations that were due in a phase, whenever they ended. */
export interface OperationFigures {
  readonly count: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** In percent, not rounded; null of nothing. */
  readonly shares: Readonly<Record<Outcome, number | null>>;
  /** Complete answers, stale ones too, per second of the phase. */
  readonly goodPerSecond: number;
  readonly latencyMs: Readonly<Record<Percentile, number | null>>;
}

export const percentiles = { p50: 50, p95: 95, p99: 99 } as const;
export type Percentile = keyof typeof percentiles;

/** A value for each bucket of time, from the start of the run. Operations are in the bucket in which they were due. */
export interface TimeSeries {
  readonly bucketMs: number;
  /** When the last bucket ends: it may be shorter than others, or longer. */
  readonly endMs: number;
  /** Operations per second, by what became of them. */
  readonly perSecond: Readonly<Record<Outcome, readonly number[]>>;
  readonly latencyMs: Readonly<Record<Percentile, readonly (number | null)[]>>;
  /** Operations per second that met an error, by its code. */
  readonly codesPerSecond: Readonly<Record<string, readonly number[]>>;
}

/** How much memory each server took, for each bucket of time from the start of the run. */
export interface MemorySeries {
  readonly bucketMs: number;
  /** The most in each bucket, in MiB, by server; null where it did not run. */
  readonly mebibytes: Readonly<Record<string, readonly (number | null)[]>>;
}
