import type { Computer } from "../../../chaos/report/machine.ts";
import type { Contestant } from "../contestants/contestant.ts";
import type { LatencyRow, LifeRow, Row } from "../figures.ts";
import type { Measured } from "../run.ts";
import type { Verdict } from "../verdict.ts";

/** All that is told of a run. */
export interface Report {
  /** RFC 3339. */
  readonly startedAt: string;
  readonly commit: { readonly commit: string; readonly hasLocalChanges: boolean };
  readonly computer: Computer;
  readonly rounds: number;
  /** What put the load on. */
  readonly generator: string;
  readonly contestants: readonly Pick<Contestant, "name" | "about">[];
  readonly measured: Measured;
  readonly rows: readonly Row[];
  readonly latencies: readonly LatencyRow[];
  readonly lives: readonly LifeRow[];
  readonly verdicts: readonly Verdict[];
}

export type Circumstances = Pick<Report, "startedAt" | "commit" | "computer" | "rounds" | "generator">;

/** On what it was run, in a line. */
export function circumstancesOf({ startedAt, commit, computer, rounds, generator }: Circumstances): string {
  const { cpus, cpuModel, memoryBytes, system, nodeVersion, loadAverage } = computer;
  const changes = commit.hasLocalChanges ? " with local changes" : "";
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  return (
    `${startedAt.slice(0, 10)}, commit ${commit.commit.slice(0, 12)}${changes}, ${cpus} × ${cpuModel}, ${memory}, ${system}, ` +
    `Node ${nodeVersion}, load average ${loadAverage.toFixed(1)} at the start, ${rounds === 1 ? "one round" : `${rounds} rounds`}, load by ${generator}`
  );
}
