import type { Findings } from "../ledger/check-ledger.ts";
import type { Fate } from "../ledger/ledger.ts";
import type { Sample } from "../load/sample.ts";

export type PhaseName = "before" | "during" | "after";

/** From and to in milliseconds since the run began. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Whether something happened within a span: its end is not of it. */
export const isWithin = ({ from, to }: Span, { at }: { readonly at: number }): boolean => at >= from && at < to;

/** Something that happened, or was done, while the experiment ran. */
export interface RunEvent {
  readonly at: number;
  readonly kind:
    | "fault"
    | "undone"
    | "breaker-opened"
    | "breaker-closed"
    | "balancer-out"
    | "balancer-in"
    | "process-died"
    | "process-exited"
    | "process-ready"
    | "internal-error"
    | "unhandled-error";
  readonly part: string;
  /** How long it took, in ms, where it is something that takes time. */
  readonly ms?: number;
  readonly detail?: string;
  /** How many calls in a row had failed when a breaker opened. */
  readonly failures?: number;
}

/** All counters and gauges of the servers' metrics, by "part name{labels}". */
export type MetricValues = ReadonlyMap<string, number>;

/** How often it is looked how much memory the servers take. */
export const memoryEveryMs = 5_000;

/** How much memory (resident set) a process takes. */
export interface MemorySample {
  readonly at: number;
  readonly part: string;
  readonly bytes: number;
}

/** All that is known of one run of an experiment. Times are in ms since it began. */
export interface RunRecord {
  readonly phases: Readonly<Record<PhaseName, Span>>;
  readonly samples: readonly Sample[];
  readonly events: readonly RunEvent[];
  /** The metrics when the faults began, and when they were about to end. */
  readonly metrics: Readonly<Record<"before" | "during", MetricValues>>;
  readonly memory: readonly MemorySample[];
  readonly findings: Findings;
  readonly writes: Readonly<Record<Fate, number>>;
  /** What a probe has counted or measured, by name. */
  readonly observations: Readonly<Record<string, number>>;
  /** How much of the machine's processors others had from the faults on; null when nobody knows. */
  readonly stolenPercent: number | null;
}

/** The same record with its times counted from `zero`. */
export function rebased(zero: number, record: RunRecord): RunRecord {
  const later = <T extends { readonly at: number }>(all: readonly T[]) =>
    all.map((one) => ({ ...one, at: one.at - zero }));
  const span = ({ from, to }: Span) => ({ from: from - zero, to: to - zero });
  const { before, during, after } = record.phases;
  return {
    ...record,
    phases: { before: span(before), during: span(during), after: span(after) },
    samples: later(record.samples),
    events: later(record.events),
    memory: later(record.memory),
  };
}
