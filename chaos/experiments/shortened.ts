import type { Experiment } from "../experiment.ts";

/** Those that are part of `npm test`: five that lean on different protections. */
export const shortNames: readonly string[] = [
  "users-down",
  "lost-answers",
  "step-down",
  "replica-killed",
  "rolling-restart",
];

/** At most so many operations a second are left: machines differ, and here what counts is that nothing breaks. */
const perSecondAtMost = 20;

/**
 * The same experiment in half a minute, for machines that do more than this: the faults are the same under less load, and everything
 * has to hold that is not a matter of milliseconds.
 */
export function shortened(experiment: Experiment): Experiment {
  const { load, seconds, tolerances } = experiment;
  const { perSecond } = load;
  return {
    ...experiment,
    load: { ...load, perSecond: typeof perSecond === "number" ? Math.min(perSecond, perSecondAtMost) : perSecond },
    seconds: { before: 2, during: Math.min(seconds.during, 5), after: Math.min(seconds.after, 4) },
    tolerances: tolerances.filter(({ unit }) => unit !== "ms"),
    controls: [],
  };
}
