import { describeCommit, describeComputer } from "../../chaos/report/machine.ts";
import { installPeers } from "../peers/install.ts";
import type { Command } from "./arguments.ts";
import type { Contestant } from "./contestants/contestant.ts";
import { limits } from "./contestants/limits.ts";
import { ours } from "./contestants/ours.ts";
import { peers } from "./contestants/peers.ts";
import { divideCores } from "./cores.ts";
import { latencyRowsOf, lifeRowsOf, rowsOf } from "./figures.ts";
import { hasWrk } from "./load/wrk.ts";
import { fullPlan, quickPlan } from "./plan.ts";
import { circumstancesOf, type Report } from "./report/report.ts";
import { printReport, writeReport } from "./report/write-report.ts";
import { type Measured, Run } from "./run.ts";
import { startSurroundings } from "./surroundings.ts";
import { verdictsOf } from "./verdict.ts";
import { hasWorkers, measureWorkers, type WorkersFigure } from "./workers.ts";

export const peerNames = peers.map(({ name }) => name);

/** Measures what the command asks for, and tells of it. Resolves to the exit code. */
export async function bench(command: Command, signal: AbortSignal): Promise<number> {
  const computer = describeComputer();
  const startedAt = new Date().toISOString();
  await installPeers();
  const byWrk = await hasWrk();
  const contestants = contestantsOf(command);
  const { measured, workers } = await measure(command, { contestants, byWrk, signal });
  const rows = rowsOf(measured, "ours");
  const latencies = latencyRowsOf(measured, "ours");
  const lives = lifeRowsOf(measured);
  const verdicts = verdictsOf({ rows, latencies, lives, workers }, "ours");
  const report: Report = {
    ...{ startedAt, computer, measured, rows, latencies, lives },
    commit: await describeCommit(),
    rounds: command.rounds,
    generator: byWrk ? "wrk" : "bench/overload/generator.ts",
    contestants: contestants.map(({ name, about }) => ({ name, about })),
    verdicts: command.isQuick ? verdicts.filter(({ isMet }) => isMet !== undefined) : verdicts,
  };
  printReport(report);
  console.log(`\n${circumstancesOf(report)}`);
  if (command.out !== undefined) await writeReport(report, command.out);
  return verdicts.some(({ isMet }) => isMet === false) ? 1 : 0;
}

function contestantsOf({ peers: names, urls, isQuick }: Command): Contestant[] {
  const asked = peers.filter(({ name }) => names.includes(name));
  const elsewhere = [...urls].map(
    ([name, url]): Contestant => ({ name, about: url, kind: "peer", url, path: () => new URL(url).pathname }),
  );
  return [ours(), ...asked, ...elsewhere, ...(isQuick ? [] : limits)];
}

interface Means {
  readonly contestants: readonly Contestant[];
  readonly byWrk: boolean;
  readonly signal: AbortSignal;
}

async function measure(
  { isQuick, workloads, rounds, urls }: Command,
  means: Means,
): Promise<{ readonly measured: Measured; readonly workers: WorkersFigure | undefined }> {
  const cores = await divideCores();
  await using surroundings = await startSurroundings(urls.size > 0);
  const plan = (isQuick ? quickPlan : fullPlan)(workloads, rounds);
  const parts = { ...means, surroundings, cores, plan, progress: console.log };
  const measured = await new Run(parts).execute();
  const triesWorkers = !isQuick && workloads.includes("tasks20") && hasWorkers();
  return { measured, workers: triesWorkers ? await measureWorkers(parts) : undefined };
}
