import { seconds, type Terminal } from "@tareas/local-stack/terminal/terminal";
import type { RunPhase } from "./lab/run-experiment.ts";
import type { Breakdown, Report } from "./report/report.ts";
import type { Result } from "./report/result.ts";
import { setbackLines } from "./report/setback-lines.ts";
import { brokenVerdicts, isAllWell, isAsItShouldBe } from "./report/standing.ts";
import { cautions, conclusion, verdictLine } from "./report/words.ts";

/** Tells a person at a terminal how far it is. */
export interface Progress {
  readonly onPhase: (name: string, phase: RunPhase) => void;
  readonly onEnd: (name: string, run: Result | Breakdown) => void;
  readonly onReport: (report: Report, page: string) => void;
}

const mostSetbacks = 5;

/** A line for each run at its end; while it runs, one that is replaced, where that can be. */
export function tellProgress(terminal: Terminal, canReplace: boolean): Progress {
  return {
    onPhase(name, phase) {
      if (canReplace) terminal.progress(`${name}: ${phase}`);
    },
    onEnd(name, run) {
      const took = terminal.dim(`  ${seconds(run.durationMs)}`);
      if ("error" in run) return terminal.fail(`${name}: could not be run: ${run.error}${took}`);
      const isGood = isAsItShouldBe(run);
      const say = isGood ? terminal.done : terminal.fail;
      const how = isGood ? " fails, as it should" : " holds all the same";
      say(`${name}${run.control === null ? "" : how}${took}`);
      for (const caution of cautions(run)) terminal.line(`      ${caution}`);
      if (run.control !== null || isGood) return;
      for (const verdict of brokenVerdicts(run)) terminal.line(`      ${verdictLine(verdict)}`);
      for (const line of setbackLines(run, mostSetbacks)) terminal.line(`      ${line}`);
    },
    onReport(report, page) {
      terminal.line();
      const say = report.isComplete && isAllWell(report) ? terminal.done : terminal.fail;
      say(`${conclusion(report)} Report: ${page}`);
    },
  };
}

/** "users-down", "users-down without the names", "users-down (seed 7)". */
export function runName(experiment: string, without: string | undefined, seed: number | undefined): string {
  const control = without === undefined ? "" : ` without ${without}`;
  return `${experiment}${control}${seed === undefined ? "" : ` (seed ${seed})`}`;
}
