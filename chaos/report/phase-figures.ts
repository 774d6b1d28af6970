import { isWithin, type Span } from "../lab/run-record.ts";
import type { OperationName, Outcome, Sample } from "../load/sample.ts";
import { percentile } from "../tolerances/percentile.ts";
import { type OperationFigures, type Percentile, type PhaseFigures, percentiles } from "./result.ts";

export const outcomes: readonly Outcome[] = ["ok", "stale", "partial", "failed"];

/** What became of the operations that were due within `span`. */
export function figuresOf(samples: readonly Sample[], span: Span): PhaseFigures {
  const due = samples.filter((sample) => isWithin(span, sample));
  const seconds = (span.to - span.from) / 1_000;
  const names = [...new Set(due.map(({ operation }) => operation))].toSorted();
  const operations = names.map((name): [OperationName, OperationFigures] => {
    const own = due.filter(({ operation }) => operation === name);
    return [name, operationFigures(own, seconds)];
  });
  return {
    span,
    all: operationFigures(due, seconds),
    operations: Object.fromEntries(operations),
    codes: countCodes(due),
  };
}

function operationFigures(samples: readonly Sample[], seconds: number): OperationFigures {
  const count = samples.length;
  const counts = countOutcomes(samples);
  const shareOf = (outcome: Outcome) => (count === 0 ? null : (100 * counts[outcome]) / count);
  return {
    ...{ count, outcomes: counts, shares: byOutcome(shareOf) },
    goodPerSecond: seconds > 0 ? (counts.ok + counts.stale) / seconds : 0,
    latencyMs: latencies(samples),
  };
}

/** Something for each outcome. */
export const byOutcome = <T>(of: (outcome: Outcome) => T) =>
  Object.fromEntries(outcomes.map((outcome) => [outcome, of(outcome)])) as Record<Outcome, T>;

export const countOutcomes = (samples: readonly Sample[]): Record<Outcome, number> =>
  byOutcome((wanted) => samples.filter(({ outcome }) => outcome === wanted).length);

/** The percentiles of their latencies in ms; null of nothing. */
export function latencies(samples: readonly Sample[]): Record<Percentile, number | null> {
  const ms = samples.map((sample) => sample.ms);
  const entries = Object.entries(percentiles).map(([name, percent]) => [name, orNull(percentile(ms, percent))]);
  return Object.fromEntries(entries);
}

/** How many there are of each code, most first. */
export function countCodes(samples: readonly Sample[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of samples) if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
}

/** As JSON has it: null when there is no such number. */
export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
