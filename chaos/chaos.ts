import { join, relative, resolve } from "node:path";
import { repositoryRoot } from "@tareas/local-stack/services";
import type { Terminal } from "@tareas/local-stack/terminal/terminal";
import { type RunCommand, readCommand, usage } from "./arguments.ts";
import type { Experiment } from "./experiment.ts";
import { shortened, shortNames } from "./experiments/shortened.ts";
import { tellProgress } from "./progress.ts";
import { isAllWell } from "./report/standing.ts";
import { writeReport } from "./report/write-report.ts";
import { runAll } from "./run-all.ts";

export interface ChaosOptions {
  readonly args: readonly string[];
  readonly experiments: readonly Experiment[];
  readonly terminal: Terminal;
  /** Whether a line of the terminal can be replaced. */
  readonly isTerminal: boolean;
  readonly stop: AbortSignal;
}

/** 130 is what shells tell of a program that Ctrl-C has ended: 128 and the number of SIGINT. */
const exitCodes = { good: 0, bad: 1, stopped: 130 };

/** All of `npm run chaos`; resolves to its exit code. Throws a UsageError, and a StartFailure when no mongod can be had. */
export async function chaos(options: ChaosOptions): Promise<number> {
  const { args, experiments, terminal } = options;
  const names = experiments.map(({ name }) => name);
  const usual = experiments.filter(({ isLong }) => !isLong).map(({ name }) => name);
  const command = readCommand(args, { all: names, usual, short: shortNames }, Date.now());
  if (command.kind === "run") return run(command, options);
  const width = Math.max(...names.map(({ length }) => length));
  if (command.kind === "help") terminal.line(usage);
  else for (const { name, title } of experiments) terminal.line(`${name.padEnd(width)}  ${title}`);
  return exitCodes.good;
}

async function run(command: RunCommand, { experiments, terminal, isTerminal, stop }: ChaosOptions): Promise<number> {
  const progress = tellProgress(terminal, isTerminal);
  terminal.line(`${terminal.bold("Chaos")}, seed ${command.seed}`);
  stop.addEventListener("abort", () => isTerminal && terminal.progress("stopping"));
  const named = experiments.filter(({ name }) => command.names.includes(name));
  const chosen = command.isShort ? named.map(shortened) : named;
  const report = await runAll({ experiments: chosen, command, progress, stop });
  if (report.results.length + report.breakdowns.length === 0) terminal.fail("stopped before the end of the first run");
  else {
    const folder = command.out === undefined ? defaultFolder(report.startedAt) : resolve(command.out);
    await writeReport(report, folder);
    progress.onReport(report, relative(process.cwd(), join(folder, "index.html")));
  }
  if (!report.isComplete) return exitCodes.stopped;
  return isAllWell(report) ? exitCodes.good : exitCodes.bad;
}

/** ".data/chaos/2026-11-28T10-00-00", where git does not look. */
const defaultFolder = (startedAt: string) =>
  join(repositoryRoot, ".data", "chaos", startedAt.slice(0, 19).replaceAll(":", "-"));
