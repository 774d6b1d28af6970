import type { RunRecord, Span } from "../lab/run-record.ts";
import type { Sample } from "../load/sample.ts";
import { percentile } from "./percentile.ts";
import type { Tolerance } from "./tolerance.ts";

// An answer that comes later is of no use to whoever asked.
const usefulWithinMs = 1_000;

const isDuring =
  ({ from, to }: Span) =>
  ({ at }: Sample) =>
    at >= from && at < to;

/** Useful answers per second while the fault lasts. */
export function goodputOf({ samples, phases }: RunRecord): number {
  const useful = samples.filter(isDuring(phases.during)).filter(({ outcome, ms }) => {
    return outcome === "ok" && ms <= usefulWithinMs;
  });
  return useful.length / ((phases.during.to - phases.during.from) / 1_000);
}

/** Of what the product can do at best, as measured at the start of the run, how much it does under this load, in percent. */
export function goodput(atLeast: number): Tolerance {
  return {
    ...{ what: "useful answers per second, of the most that was measured", unit: "%", atLeast },
    measure: (run) => (100 * goodputOf(run)) / (run.observations.capacity ?? Number.NaN),
  };
}

/** How long it takes to be told that there is too much to do. */
export function refusedWithin(percent: number, atMost: number): Tolerance {
  return {
    ...{ what: `latency of refusals, ${percent} %`, unit: "ms", atMost },
    measure({ samples, phases }) {
      const refused = samples.filter(isDuring(phases.during)).filter(({ code }) => code === "RATE_LIMITED");
      return percentile(
        refused.map(({ ms }) => ms),
        percent,
      );
    },
  };
}

/** Of all operations, in percent, those that are neither of use nor told at once that there is too much to do. */
export function leftWaiting(atMost: number): Tolerance {
  return {
    ...{
      what: `neither of use within ${usefulWithinMs} ms nor refused within it, while the fault lasts`,
      unit: "%",
      atMost,
    },
    measure({ samples, phases }) {
      const during = samples.filter(isDuring(phases.during));
      const isAnswered = ({ outcome, code, ms }: Sample) =>
        (outcome === "ok" || outcome === "stale" || code === "RATE_LIMITED") && ms <= usefulWithinMs;
      return (100 * during.filter((sample) => !isAnswered(sample)).length) / during.length;
    },
  };
}
