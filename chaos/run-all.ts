import { oneLine } from "@tareas/local-stack/start-failure";
import type { RunCommand } from "./arguments.ts";
import type { Control, Experiment } from "./experiment.ts";
import { everyServer, niceness } from "./lab/lab-settings.ts";
import { type RunPhase, runExperiment } from "./lab/run-experiment.ts";
import { readProcessorTime, stolenPercent } from "./lab/stolen-time.ts";
import { type Progress, runName } from "./progress.ts";
import { describeCommit, describeMachine } from "./report/machine.ts";
import { aboutOf, type Breakdown, type Report } from "./report/report.ts";
import type { Result, SetAside } from "./report/result.ts";
import { isAsItShouldBe, isDisturbed } from "./report/standing.ts";
import { summarise } from "./report/summarise.ts";

export interface AllOptions {
  readonly experiments: readonly Experiment[];
  readonly command: RunCommand;
  readonly progress: Progress;
  /** Ends the run that is on its way; the report holds those before. */
  readonly stop: AbortSignal;
}

interface Planned {
  readonly experiment: Experiment;
  readonly control: Control | undefined;
  readonly seed: number;
}

/** Runs experiments one after the other, each with its negative controls, and resolves to the report. */
export async function runAll(options: AllOptions): Promise<Report> {
  const { experiments, command, progress, stop } = options;
  const { only, hasControls, isShort, repeat, seed } = command;
  const begunAt = performance.now();
  const about = {
    ...(await describeCommit()),
    ...{ startedAt: new Date().toISOString(), machine: await describeMachine() },
    ...{
      settings: { only, hasControls, isShort, niceness, everyServer, repeat },
      experiments: experiments.map(aboutOf),
    },
    seeds: Array.from({ length: repeat }, (_, index) => seed + index),
  };
  const results: Result[] = [];
  const breakdowns: Breakdown[] = [];
  for (const planned of plan(experiments, about.seeds, hasControls)) {
    if (stop.aborted) break;
    const name = runName(planned.experiment.name, planned.control?.without, repeat > 1 ? planned.seed : undefined);
    const run = await runUndisturbed(planned, name, options);
    if (!run) break;
    if ("error" in run) breakdowns.push(run);
    else results.push(run);
    progress.onEnd(name, run);
  }
  const durationMs = Math.round(performance.now() - begunAt);
  return { ...about, results, breakdowns, durationMs, isComplete: !stop.aborted };
}

function plan(experiments: readonly Experiment[], seeds: readonly number[], hasControls: boolean): Planned[] {
  return experiments.flatMap((experiment) => {
    const controls = [undefined, ...(hasControls ? experiment.controls : [])];
    return seeds.flatMap((seed) => controls.map((control) => ({ experiment, control, seed })));
  });
}

const mostTries = 4;

/** Begins anew while others have too much of the machine: what they had to do with is no verdict, good or bad. */
async function runUndisturbed(planned: Planned, name: string, options: AllOptions) {
  const setAside: SetAside[] = [];
  for (;;) {
    const begun = await readProcessorTime();
    const run = await runOne(planned, name, options);
    if (!run) return undefined;
    // Of a run that broke down before anything was broken, the whole counts.
    const stolen = "error" in run ? stolenPercent(begun, await readProcessorTime()) : run.stolenPercent;
    const isOver = !isDisturbed({ stolenPercent: stolen }) || setAside.length === mostTries - 1;
    if (isOver) return "error" in run ? run : { ...run, setAside };
    setAside.push({ stolenPercent: stolen, wasGood: !("error" in run) && isAsItShouldBe(run) });
  }
}

/** Undefined when it was stopped: nothing is known of it then. */
async function runOne(
  { experiment, control, seed }: Planned,
  name: string,
  { progress, stop: signal }: AllOptions,
): Promise<Result | Breakdown | undefined> {
  const startedAt = new Date();
  const begunAt = performance.now();
  const took = () => performance.now() - begunAt;
  try {
    const onPhase = (phase: RunPhase) => {
      if (!signal.aborted) progress.onPhase(name, phase);
    };
    const run = await runExperiment(experiment, { seed, signal, onPhase, ...(control && { control }) });
    return summarise(run, { experiment, control, seed, startedAt, durationMs: took() });
  } catch (error) {
    if (signal.aborted) return undefined;
    return {
      ...{ experiment: experiment.name, control: control?.without ?? null, seed, error: oneLine(error) },
      ...{ startedAt: startedAt.toISOString(), durationMs: Math.round(took()) },
    };
  }
}
