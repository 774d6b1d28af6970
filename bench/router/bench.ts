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
import { inColumns, latencyTable, lifeTable, saturationTable, verdictTable } from "./report/tables.ts";
import { Run } from "./run.ts";
import { startSurroundings } from "./surroundings.ts";
import { verdictsOf } from "./verdict.ts";

export const peerNames = peers.map(({ name }) => name);

const elsewhere = (name: string, url: string): Contestant => ({
  ...{ name, about: url, kind: "peer", url },
  path: () => new URL(url).pathname,
});

/** Measures what the command asks for, and prints it. Resolves to the exit code. */
export async function bench(command: Command, signal: AbortSignal): Promise<number> {
  const { isQuick, workloads, rounds, urls } = command;
  const asked = peers.filter(({ name }) => command.peers.includes(name));
  const contestants: readonly Contestant[] = [
    ...[ours(), ...asked],
    ...[...urls].map(([name, url]) => elsewhere(name, url)),
    ...(isQuick ? [] : limits),
  ];
  await installPeers();
  const cores = await divideCores();
  const byWrk = await hasWrk();
  await using surroundings = await startSurroundings(urls.size > 0);
  const plan = (isQuick ? quickPlan : fullPlan)(workloads, rounds);
  const run = new Run({ contestants, surroundings, cores, plan, byWrk, signal, progress: console.log });
  const measured = await run.execute();
  const rows = rowsOf(measured, "ours");
  const latencies = latencyRowsOf(measured, "ours");
  const lives = lifeRowsOf(measured);
  const verdicts = verdictsOf({ rows, latencies, lives }, "ours");
  for (const table of [saturationTable(rows), latencyTable(latencies), lifeTable(lives), verdictTable(verdicts)])
    if (table.rows.length > 0) console.log(`\n${inColumns(table)}`);
  return verdicts.some(({ isMet }) => isMet === false) ? 1 : 0;
}
