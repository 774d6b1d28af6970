import { isWithin, type RunRecord } from "../lab/run-record.ts";
import { isComplete, isUseful, type Sample, usefulWithinMs } from "../load/sample.ts";
import { percentile } from "./percentile.ts";
import type { Tolerance } from "./tolerance.ts";

const during = ({ samples, phases }: RunRecord): Sample[] =>
  samples.filter((sample) => isWithin(phases.during, sample));

/** Useful answers per second while the fault lasts. */
function goodputOf(run: RunRecord): number {
  const { from, to } = run.phases.during;
  return during(run).filter(isUseful).length / ((to - from) / 1_000);
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
    measure(run) {
      const refused = during(run).filter(({ code }) => code === "RATE_LIMITED");
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
    measure(run) {
      const samples = during(run);
      const isAnswered = (sample: Sample) =>
        (isComplete(sample) || sample.code === "RATE_LIMITED") && sample.ms <= usefulWithinMs;
      return (100 * samples.filter((sample) => !isAnswered(sample)).length) / samples.length;
    },
  };
}
