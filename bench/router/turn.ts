import { readProcessorTime, stolenPercent } from "../../chaos/lab/stolen-time.ts";
import type { Running } from "./contestants/running.ts";
import { type Latency, latencyAt } from "./load/latency.ts";
import { saturate } from "./load/saturate.ts";
import type { Requests } from "./workloads/requests.ts";
import type { WorkloadName } from "./workloads/workloads.ts";

/** What a server did in one turn, with as much to do as it could. */
export interface Turn {
  readonly contestant: string;
  readonly workload: WorkloadName;
  readonly connections: number;
  readonly round: number;
  readonly perSecond: number;
  /** Of a processor, for each request; null when nobody knows the process. */
  readonly processorMs: number | null;
  /** Of the time, how much the server kept its processor busy: well below 1, something else was the limit. */
  readonly busyShare: number | null;
  /** Requests that were answered with an error, or not at all: the figures are void if there are any. */
  readonly failed: number;
  /** What the host gave to other machines meanwhile, in percent of the processors. */
  readonly stolenPercent: number | null;
}

/** What a server did at a load that all of them can take. */
export interface LatencyTurn extends Latency {
  readonly contestant: string;
  readonly workload: WorkloadName;
  readonly round: number;
}

interface Circumstances {
  readonly requests: Requests;
  readonly round: number;
  readonly forMs: number;
}

/** As many requests as the server answers, from so many connections. Resolves when it is at rest again. */
export async function measureTurn(
  server: Running,
  { requests, round, forMs }: Circumstances,
  { connections, byWrk }: { readonly connections: number; readonly byWrk: boolean },
): Promise<Turn> {
  const { name: workload } = requests.workload;
  const [before, machineBefore] = [await server.seconds(), await readProcessorTime()];
  const url = server.urlFor(workload);
  const { requests: count, durationMs, wrong, lost } = await saturate({ url, requests, connections, forMs }, byWrk);
  const [after, machineAfter] = [await server.seconds(), await readProcessorTime()];
  await server.atRest();
  const usedMs = before === null || after === null ? null : (after - before) * 1_000;
  return {
    ...{ contestant: server.contestant.name, workload, connections, round },
    perSecond: (count * 1_000) / durationMs,
    processorMs: usedMs === null ? null : usedMs / count,
    busyShare: usedMs === null ? null : usedMs / durationMs,
    failed: wrong + lost,
    stolenPercent: stolenPercent(machineBefore, machineAfter),
  };
}

/** How long it takes at a load that is not up to it. Resolves when it is at rest again. */
export async function measureLatency(
  server: Running,
  { requests, round, forMs }: Circumstances,
  perSecond: number,
): Promise<LatencyTurn> {
  const { name: workload } = requests.workload;
  const latency = await latencyAt({ url: server.urlFor(workload), requests, perSecond, forMs });
  await server.atRest();
  return { ...latency, contestant: server.contestant.name, workload, round };
}
