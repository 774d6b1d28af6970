import { isComplete, type Sample } from "../load/sample.ts";
import { isWithin, type Span } from "./run-record.ts";

const slowMs = 500;
const leastInTime = 0.95;
const mostFailed = 0.01;

/**
 * Whether the product was in its steady state: of the operations that were due, 95 of 100 were answered well within half a
 * second, and no more than one of a hundred failed. Without it a fault shows nothing. (Principles of Chaos Engineering)
 * Those of the last half second, which nobody knows yet, do not count; `perSecond` is how many are due.
 */
export function isSteady(samples: readonly Sample[], { from, to }: Span, perSecond: number): boolean {
  const known = { from, to: to - slowMs };
  const due = (perSecond * (known.to - known.from)) / 1_000;
  const ended = samples.filter((sample) => isWithin(known, sample));
  const inTime = ended.filter((sample) => isComplete(sample) && sample.ms <= slowMs);
  return inTime.length >= leastInTime * due && ended.filter((one) => !isComplete(one)).length <= mostFailed * due;
}
