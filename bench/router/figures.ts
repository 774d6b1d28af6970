import type { Measured } from "./run.ts";
import type { LatencyTurn, Turn } from "./turn.ts";
import type { WorkloadName } from "./workloads/workloads.ts";

/** A quantity over several rounds: the median, and how far they are apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** What a server did at one workload from so many connections. */
export interface Row {
  readonly workload: WorkloadName;
  readonly connections: number;
  readonly contestant: string;
  readonly perSecond: Spread;
  readonly processorMs: Spread | undefined;
  readonly busyShare: number | undefined;
  /** By what factor ours is better, round by round; undefined for ours itself. */
  readonly throughputRatio: Spread | undefined;
  readonly processorRatio: Spread | undefined;
  /** Requests that failed: with any, the figures say nothing. */
  readonly failed: number;
}

export interface LatencyRow {
  readonly workload: WorkloadName;
  readonly contestant: string;
  readonly perSecond: number;
  readonly p50Ms: Spread;
  readonly p99Ms: Spread;
  readonly p999Ms: Spread;
  /** By what factor ours is shorter. */
  readonly p99Ratio: Spread | undefined;
  readonly failed: number;
}

export function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  return { median: medianOf(values), least: Math.min(...values), most: Math.max(...values) };
}

/** Of an even number, the mean of the two in the middle. */
function medianOf(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b);
  const middle = ordered.slice((ordered.length - 1) >> 1, (ordered.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** Of those rounds in which both are known. */
function ratiosOf<T extends { readonly round: number }>(
  some: readonly T[],
  others: readonly T[],
  ratio: (one: T, other: T) => number | undefined,
): Spread | undefined {
  const pairs = some.flatMap((one) => {
    const other = others.find(({ round }) => round === one.round);
    return other ? [ratio(one, other)] : [];
  });
  return spreadOf(pairs.filter((value) => value !== undefined));
}

const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);

/** A row for each workload, number of connections and server, in the order in which they were measured. */
export function rowsOf({ turns }: Measured, ours: string): Row[] {
  const groups = Map.groupBy(turns, ({ workload, connections }) => `${workload} ${connections}`);
  return [...groups.values()].flatMap((group) => {
    const own = group.filter(({ contestant }) => contestant === ours);
    return [...Map.groupBy(group, ({ contestant }) => contestant).values()].map((some) => rowOf(some, own, ours));
  });
}

function rowOf(some: readonly Turn[], own: readonly Turn[], ours: string): Row {
  const { workload, connections, contestant } = some[0] as Turn;
  const isOurs = contestant === ours;
  return {
    ...{ workload, connections, contestant },
    perSecond: spreadOf(some.map(({ perSecond }) => perSecond)) as Spread,
    processorMs: spreadOf(known(some.map(({ processorMs }) => processorMs))),
    busyShare: spreadOf(known(some.map(({ busyShare }) => busyShare)))?.median,
    throughputRatio: isOurs ? undefined : ratiosOf(own, some, (our, their) => our.perSecond / their.perSecond),
    processorRatio: isOurs
      ? undefined
      : ratiosOf(own, some, (our, their) =>
          our.processorMs && their.processorMs ? their.processorMs / our.processorMs : undefined,
        ),
    failed: some.reduce((sum, { failed }) => sum + failed, 0),
  };
}

export function latencyRowsOf({ latencies }: Measured, ours: string): LatencyRow[] {
  const groups = Map.groupBy(latencies, ({ workload }) => workload);
  return [...groups.values()].flatMap((group) => {
    const own = group.filter(({ contestant }) => contestant === ours);
    return [...Map.groupBy(group, ({ contestant }) => contestant).values()].map((some) =>
      latencyRowOf(some, own, ours),
    );
  });
}

function latencyRowOf(some: readonly LatencyTurn[], own: readonly LatencyTurn[], ours: string): LatencyRow {
  const { workload, contestant } = some[0] as LatencyTurn;
  const of = (quantity: "perSecond" | "p50Ms" | "p99Ms" | "p999Ms") =>
    spreadOf(some.map((turn) => turn[quantity])) as Spread;
  return {
    ...{ workload, contestant },
    perSecond: of("perSecond").median,
    ...{ p50Ms: of("p50Ms"), p99Ms: of("p99Ms"), p999Ms: of("p999Ms") },
    p99Ratio: contestant === ours ? undefined : ratiosOf(own, some, (our, their) => their.p99Ms / our.p99Ms),
    failed: some.reduce((sum, { wrong }) => sum + wrong, 0),
  };
}

/** What it takes to start, and what memory it holds, over all starts. */
export interface LifeRow {
  readonly contestant: string;
  readonly startMs: Spread | undefined;
  readonly restBytes: Spread | undefined;
  readonly loadedBytes: Spread | undefined;
}

export function lifeRowsOf({ lives }: Measured): LifeRow[] {
  const byName = Map.groupBy(lives, ({ contestant }) => contestant);
  return [...byName].map(([contestant, some]) => ({
    contestant,
    startMs: spreadOf(known(some.map(({ startMs }) => startMs))),
    restBytes: spreadOf(known(some.map(({ restBytes }) => restBytes))),
    loadedBytes: spreadOf(known(some.map(({ loadedBytes }) => loadedBytes))),
  }));
}
