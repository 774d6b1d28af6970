import type { Experiment } from "../experiment.ts";

/** Those that are part of `npm test`: five that lean on different protections. */
export const shortNames: readonly string[] = [
  "users-down",
  "lost-answers",
  "step-down",
  "replica-killed",
  "rolling-restart",
];

/**
 * The same experiment in half a minute, for machines that do more than this: the faults are the same, and everything has to
 * hold that is not a matter of milliseconds.
 */
export function shortened(experiment: Experiment): Experiment {
  const { seconds, tolerances } = experiment;
  return {
    ...experiment,
    seconds: { before: 2, during: Math.min(seconds.during, 5), after: Math.min(seconds.after, 4) },
    tolerances: tolerances.filter(({ unit }) => unit !== "ms"),
    controls: [],
  };
}
