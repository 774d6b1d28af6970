import { readConfig } from "../../router/src/config.ts";
import { ours } from "./contestants/ours.ts";
import { startContestant } from "./contestants/running.ts";
import type { Cores } from "./cores.ts";
import { type Spread, spreadOf } from "./figures.ts";
import type { RunParts } from "./run.ts";
import { measureTurn } from "./turn.ts";
import { makeRequests } from "./workloads/requests.ts";
import { workloads } from "./workloads/workloads.ts";

/** By what factor two workers of ours answer more than one. */
export interface WorkersFigure {
  readonly ratio: Spread;
  readonly areTwoFree: Cores["areTwoFree"];
}

const rounds = 3;
const connections = 64;

/** Whether this router can have several workers at all. */
export const hasWorkers = () => Object.hasOwn(readConfig({}), "ROUTER_WORKERS");

/** Measures one worker on one processor and two on two, in turn. Undefined when requests failed. */
export async function measureWorkers(parts: RunParts): Promise<WorkersFigure | undefined> {
  const { surroundings, cores, plan, byWrk, signal, progress } = parts;
  const workload = workloads.find(({ name }) => name === "tasks20");
  if (!workload) return undefined;
  const requests = await makeRequests(workload, surroundings.viewers, surroundings.folder);
  await using one = await startContestant(ours(1), surroundings, cores.measured);
  await using two = await startContestant(ours(2), surroundings, cores.twoMeasured);
  const turn = async (server: typeof one, round: number, forMs: number) => {
    signal.throwIfAborted();
    return measureTurn(server, { requests, round, forMs }, { connections, byWrk });
  };
  for (const server of [one, two]) await turn(server, 0, plan.warmUpMs);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [first, second] = [await turn(one, round, plan.turnMs), await turn(two, round, plan.turnMs)];
    if (first.failed + second.failed > 0) return undefined;
    ratios.push(second.perSecond / first.perSecond);
    progress(`  two workers: ${Math.round(second.perSecond)} a second, one: ${Math.round(first.perSecond)}`);
  }
  const ratio = spreadOf(ratios);
  return ratio && { ratio, areTwoFree: cores.areTwoFree };
}
