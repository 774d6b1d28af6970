import type { RunRecord } from "../lab/run-record.ts";

export type Unit = "%" | "ms" | "times" | "count" | "MiB";

/** What has to hold in a run for its hypothesis to stand. */
export interface Tolerance {
  /** "Reads of tasks that succeed while the fault lasts". */
  readonly what: string;
  readonly unit: Unit;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** NaN when there is nothing to measure: the tolerance is not met then. */
  readonly measure: (run: RunRecord) => number;
}

export interface Verdict {
  readonly what: string;
  readonly unit: Unit;
  readonly limit: string;
  readonly value: number;
  readonly holds: boolean;
}

export function judge(tolerance: Tolerance, run: RunRecord): Verdict {
  const { what, unit, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = tolerance;
  const value = tolerance.measure(run);
  return { what, unit, limit: limitOf(tolerance), value, holds: value >= atLeast && value <= atMost };
}

function limitOf({ unit, atLeast, atMost }: Tolerance): string {
  const least = atLeast === undefined ? [] : [`at least ${withUnit(atLeast, unit)}`];
  const most = atMost === undefined ? [] : [`at most ${withUnit(atMost, unit)}`];
  return [...least, ...most].join(", ");
}

/** "99.9 %", "120 ms", "1.2 times". */
export function withUnit(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return "nothing to measure";
  const digits = unit === "%" ? 3 : unit === "times" ? 2 : 0;
  const text = String(Number(value.toFixed(digits)));
  return unit === "count" ? text : `${text} ${unit}`;
}
