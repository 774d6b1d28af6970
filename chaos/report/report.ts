import type { Experiment } from "../experiment.ts";
import type { Machine } from "./machine.ts";
import type { Result } from "./result.ts";

/** All that was run at once. It is JSON. */
export interface Report {
  /** The git commit of the product; "unknown" outside of a repository. */
  readonly commit: string;
  /** Whether the product differed from that commit. */
  readonly hasLocalChanges: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly seeds: readonly number[];
  readonly machine: Machine;
  readonly settings: ReportSettings;
  /** False when it was ended before all was run. */
  readonly isComplete: boolean;
  readonly experiments: readonly About[];
  readonly results: readonly Result[];
  /** Runs of which nothing is known, since the lab itself failed. */
  readonly breakdowns: readonly Breakdown[];
}

export interface ReportSettings {
  readonly only: readonly string[];
  readonly hasControls: boolean;
  /** Some of them, shortened, and without what is a matter of milliseconds. */
  readonly isShort: boolean;
  /** How much each kind of process yields the processor to the others, as in nice(1). */
  readonly niceness: Readonly<Record<string, number>>;
  /** Settings of every server, in every run. */
  readonly everyServer: Readonly<Record<string, string>>;
  readonly repeat: number;
}

/** What an experiment says of itself. */
export type About = Pick<Experiment, "name" | "title" | "hypothesis" | "load" | "seconds">;

export interface Breakdown extends Pick<Result, "experiment" | "seed" | "control" | "startedAt" | "durationMs"> {
  /** One line. */
  readonly error: string;
}

export const aboutOf = ({ name, title, hypothesis, load, seconds }: Experiment): About => ({
  ...{ name, title, hypothesis, load, seconds },
});
