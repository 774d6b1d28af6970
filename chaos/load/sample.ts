/** What the load does, as its users would. `tasks` needs the tasks subgraph alone, `me` the users subgraph, `federated` both. */
export type OperationName = "tasks" | "me" | "federated" | "create" | "rename" | "delete" | "login";

/**
 * `partial`: the answer holds the rest, with a coded error; `stale`: it says that something in it may be out of date; `failed`: an
 * error, no answer, or an answer that holds what it should not.
 */
export type Outcome = "ok" | "stale" | "partial" | "failed";

/** A try that did not go well. */
export interface Setback {
  /** "status 503, RATE_LIMITED: …", or why there was no answer. */
  readonly got: string;
  /** How long it took. */
  readonly ms: number;
}

/** One operation of the load. Times are in milliseconds. */
export interface Sample {
  readonly operation: OperationName;
  /** When it was to be sent, on the clock of the run. */
  readonly at: number;
  /** From then to the end of its answer; for writes with all tries. */
  readonly ms: number;
  readonly outcome: Outcome;
  /** The code of its first error, or why there was no answer. */
  readonly code?: string;
  /** All codes that it met, in all tries. */
  readonly codes?: readonly string[];
  /** How often a write was sent. */
  readonly tries?: number;
  /** Its first try that did not go well, even if a later one did. */
  readonly setback?: Setback;
}

/** What became of an operation, apart from its times. */
export type Result = Pick<Sample, "outcome" | "code" | "codes" | "tries" | "setback">;

/** The outcomes of an answer that lacks nothing. */
export const completeOutcomes: readonly Outcome[] = ["ok", "stale"];

/** Whether nothing is missing from an answer, be it out of date. */
export const isComplete = ({ outcome }: Pick<Sample, "outcome">): boolean => completeOutcomes.includes(outcome);

/** An answer that comes later is of no use to whoever asked. */
export const usefulWithinMs = 1_000;

/** Whether an answer lacks nothing, is not out of date, and came in time to be of use. */
export const isUseful = ({ outcome, ms }: Pick<Sample, "outcome" | "ms">): boolean =>
  outcome === "ok" && ms <= usefulWithinMs;
