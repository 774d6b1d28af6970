import type { Breakdown, Report } from "./report.ts";
import type { Result } from "./result.ts";

/**
 * What is known of a hypothesis. "can't fail": it held where its protection was missing too, so that it proves nothing;
 * "not known": the lab itself failed, or a run is missing.
 */
export type Standing = "passed" | "failed" | "can't fail" | "not known";

/** The runs of one experiment. */
export interface Runs {
  readonly own: readonly Result[];
  readonly controls: readonly Result[];
  readonly breakdowns: readonly Breakdown[];
}

export function runsOf({ results, breakdowns }: Pick<Report, "results" | "breakdowns">, name: string): Runs {
  const all = results.filter(({ experiment }) => experiment === name);
  return {
    own: all.filter(({ control }) => control === null),
    controls: all.filter(({ control }) => control !== null),
    breakdowns: breakdowns.filter(({ experiment }) => experiment === name),
  };
}

/**
 * Whether a run is as it should be: a negative control has to break something that was measured, all others to pass. What
 * could not be measured is no proof of anything.
 */
export const isAsItShouldBe = ({
  control,
  passed,
  verdicts,
}: Pick<Result, "control" | "passed" | "verdicts">): boolean =>
  control === null ? passed : verdicts.some(({ holds, value }) => !holds && Number.isFinite(value ?? Number.NaN));

export function standingOf({ own, controls, breakdowns }: Runs): Standing {
  if (!own.every(isAsItShouldBe)) return "failed";
  if (!controls.every(isAsItShouldBe)) return "can't fail";
  if (controls.some((control) => isUnsteady(control) || isDisturbed(control))) return "not known";
  return breakdowns.length > 0 || own.length === 0 ? "not known" : "passed";
}

/** Whether every hypothesis of a report stands. */
export const isAllWell = (report: Report): boolean =>
  report.experiments.every(({ name }) => standingOf(runsOf(report, name)) === "passed");

const leastBefore = 99;

/**
 * Whether the product was not well even before the faults, as on a machine that is too busy: what such a run shows is not
 * theirs, and a control that fails in it proves little.
 */
export function isUnsteady({ phases }: Pick<Result, "phases">): boolean {
  const { count, outcomes } = phases.before.all;
  return !((100 * (outcomes.ok + outcomes.stale)) / count >= leastBefore); // of nothing too
}

const mostStolenPercent = 2;

/**
 * Whether others had so much of the machine that a run shows them rather than the product. It is told by the processor's
 * time alone, never by how the run ended.
 */
export const isDisturbed = ({ stolenPercent }: Pick<Result, "stolenPercent">): boolean =>
  stolenPercent !== null && stolenPercent > mostStolenPercent;

/** The verdicts that do not hold. */
export const brokenVerdicts = ({ verdicts }: Pick<Result, "verdicts">) => verdicts.filter(({ holds }) => !holds);
