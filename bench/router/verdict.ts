import type { LatencyRow, LifeRow, Row, Spread } from "./figures.ts";
import type { WorkersFigure } from "./workers.ts";
import type { WorkloadName } from "./workloads/workloads.ts";

/** What was wanted of a figure, and what came out. */
export interface Verdict {
  readonly figure: string;
  readonly wanted: string;
  /** "not measured" when this run could not tell. */
  readonly got: string;
  readonly isMet: boolean | undefined;
}

export interface Figures {
  readonly rows: readonly Row[];
  readonly latencies: readonly LatencyRow[];
  readonly lives: readonly LifeRow[];
  /** What two workers do in place of one; undefined when it was not tried. */
  readonly workers: WorkersFigure | undefined;
}

const plain = "apollo-gateway";
const leastAtAll = 3;
const mostMemoryBytes = 200_000_000;
const fewConnections = 32;

const times = (value: number) => `${value.toFixed(2)} ×`;
const notMeasured = { got: "not measured", isMet: undefined } as const;

/** By so much our router is to be better, at the load of few connections. */
const wantedRatios = [
  { workload: "tasks20", peer: plain, least: 6.5 },
  { workload: "tasks20", peer: "hive-rust", least: 6 },
  { workload: "me", peer: plain, least: 7 },
] as const;

/** Holds the figures of ours against what is wanted of them. */
export function verdictsOf(figures: Figures, ours: string): Verdict[] {
  const { rows, latencies, lives, workers } = figures;
  const wanted = wantedRatios.flatMap(({ workload, peer, least }) => ratioVerdicts(rows, workload, peer, least));
  return [
    ...wanted,
    worstVerdict(rows),
    latencyVerdict(latencies),
    memoryVerdict(lives, ours),
    workersVerdict(workers),
  ];
}

function ratioVerdicts(rows: readonly Row[], workload: WorkloadName, peer: string, least: number): Verdict[] {
  const row = rows.find(
    (one) => one.workload === workload && one.contestant === peer && one.connections === fewConnections,
  );
  const verdict = (what: string, ratio: Spread | undefined): Verdict => ({
    figure: `${workload} against ${peer}, ${what}`,
    wanted: `at least ${times(least)}`,
    ...(row === undefined || ratio === undefined || isVoid(rows, row)
      ? notMeasured
      : { got: withSpread(ratio), isMet: ratio.median >= least }),
  });
  return [verdict("processor time", row?.processorRatio), verdict("throughput", row?.throughputRatio)];
}

/** No workload may be much worse than the others: against plain @apollo/gateway, whatever the number of connections. */
function worstVerdict(rows: readonly Row[]): Verdict {
  const ratios = rows
    .filter((row) => row.contestant === plain && !isVoid(rows, row))
    .flatMap(({ workload, connections, processorRatio, throughputRatio }) =>
      [processorRatio, throughputRatio].flatMap((ratio) => (ratio ? [{ workload, connections, ratio }] : [])),
    );
  const worst = ratios.toSorted((one, other) => one.ratio.median - other.ratio.median)[0];
  return {
    figure: `the least of all ratios against ${plain}`,
    wanted: `at least ${times(leastAtAll)}`,
    ...(worst
      ? {
          got: `${withSpread(worst.ratio)} (${worst.workload}, ${worst.connections} connections)`,
          isMet: worst.ratio.median >= leastAtAll,
        }
      : notMeasured),
  };
}

function latencyVerdict(rows: readonly LatencyRow[]): Verdict {
  const row = rows.find(({ contestant, workload }) => contestant === plain && workload === "tasks20");
  const ratio = row?.failed === 0 ? row.p99Ratio : undefined;
  const share = (value: number) => (1 / value).toFixed(2);
  return {
    figure: `tasks20, p99 at the same load as ${plain}`,
    wanted: "at most 0.50 of its",
    ...(ratio ? { got: `${share(ratio.median)} of its`, isMet: ratio.median >= 2 } : notMeasured),
  };
}

function memoryVerdict(lives: readonly LifeRow[], ours: string): Verdict {
  const bytes = lives.find(({ contestant }) => contestant === ours)?.loadedBytes;
  const megabytes = (value: number) => `${Math.round(value / 1_000_000)} MB`;
  return {
    figure: "memory after load",
    wanted: `below ${megabytes(mostMemoryBytes)}`,
    ...(bytes ? { got: megabytes(bytes.median), isMet: bytes.median < mostMemoryBytes } : notMeasured),
  };
}

/** Where the workers share a processor with the subgraphs the figure is told, and decides nothing. */
function workersVerdict(workers: WorkersFigure | undefined): Verdict {
  const least = 1.8;
  const decided = workers && {
    got: workers.areTwoFree ? withSpread(workers.ratio) : `${withSpread(workers.ratio)}, and no two processors free`,
    isMet: workers.areTwoFree ? workers.ratio.median >= least : undefined,
  };
  return {
    figure: "tasks20, two workers against one",
    wanted: `at least ${times(least)}`,
    ...(decided ?? notMeasured),
  };
}

/** Whether either of both had failures. */
function isVoid(rows: readonly Row[], row: Row): boolean {
  const same = rows.filter(({ workload, connections }) => workload === row.workload && connections === row.connections);
  return row.failed > 0 || same.some(({ contestant, failed }) => contestant === "ours" && failed > 0);
}

export const withSpread = ({ median, least, most }: Spread) =>
  `${times(median)} (${least.toFixed(2)} to ${most.toFixed(2)})`;
