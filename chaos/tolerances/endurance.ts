import { isWithin, type MemorySample, type RunRecord } from "../lab/run-record.ts";
import { percentile } from "./percentile.ts";
import type { Tolerance } from "./tolerance.ts";

const warmUpShare = 0.2;
const windowShare = 0.2;

/**
 * By how much the memory of these processes grows from the end of the warm-up, a fifth of the run, to its end: medians of a
 * fifth of the run each. The processes must not have been restarted meanwhile.
 */
export function memoryGrowth(parts: readonly string[], atMost: number): Tolerance {
  return {
    ...{ what: `growth of memory after warm-up, the most of ${parts.join(", ")}`, unit: "%", atMost },
    measure: (run) => Math.max(...parts.map((part) => growthOf(part, run))),
  };
}

function growthOf(part: string, { memory, phases }: RunRecord): number {
  const { from } = phases.before;
  const lengthMs = phases.after.to - from;
  const samples = memory.filter((sample) => sample.part === part);
  const median = (start: number) =>
    medianBetween(samples, from + start * lengthMs, from + (start + windowShare) * lengthMs);
  const growth = median(1 - windowShare) / median(warmUpShare) - 1;
  // From the middle of one window to that of the other, made out for all of the time after the warm-up.
  return 100 * growth * ((1 - warmUpShare) / (1 - warmUpShare - windowShare));
}

function medianBetween(samples: readonly MemorySample[], from: number, to: number): number {
  const within = samples.filter((sample) => isWithin({ from, to }, sample));
  return percentile(
    within.map(({ bytes }) => bytes),
    50,
  );
}

/** How many writes were acknowledged. */
export const acknowledgedWrites = (atLeast: number): Tolerance => ({
  ...{ what: "acknowledged writes", unit: "count", atLeast },
  measure: ({ writes }) => writes.acknowledged,
});

/** How many faults there were. */
export const faultsInjected = (atLeast: number): Tolerance => ({
  ...{ what: "faults", unit: "count", atLeast },
  measure: ({ events }) => events.filter(({ kind }) => kind === "fault").length,
});
