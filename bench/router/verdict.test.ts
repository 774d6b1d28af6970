import { expect, test } from "vitest";
import { latencyRowsOf, lifeRowsOf, rowsOf } from "./figures.ts";
import type { Measured } from "./run.ts";
import type { LatencyTurn, Turn } from "./turn.ts";
import { verdictsOf } from "./verdict.ts";

const turn = (contestant: string, round: number, perSecond: number, processorMs: number, more: Partial<Turn> = {}) => ({
  ...{ contestant, round, perSecond, processorMs, workload: "tasks20" as const, connections: 32 },
  ...{ busyShare: 0.98, failed: 0, stolenPercent: 0, ...more },
});

const latency = (contestant: string, p99Ms: number): LatencyTurn => ({
  ...{ contestant, workload: "tasks20", round: 0, perSecond: 300, p50Ms: 1, p99Ms, p999Ms: 9, requests: 900, wrong: 0 },
});

const measured = (turns: Turn[]): Measured => ({
  turns,
  latencies: [latency("ours", 2), latency("apollo-gateway", 5)],
  lives: [{ contestant: "ours", startMs: 900, restBytes: 90e6, loadedBytes: 250e6 }],
  differences: [],
});

function figuresOf(all: Measured) {
  return {
    rows: rowsOf(all, "ours"),
    latencies: latencyRowsOf(all, "ours"),
    lives: lifeRowsOf(all),
    workers: undefined,
  };
}

const wins = [
  ...[turn("ours", 0, 3_000, 0.3), turn("apollo-gateway", 0, 400, 2.4)],
  ...[turn("ours", 1, 2_800, 0.4), turn("apollo-gateway", 1, 400, 2.4)],
  ...[turn("ours", 2, 3_200, 0.3), turn("apollo-gateway", 2, 400, 2.7)],
];

test("ratios are made round by round, and told with their spread", () => {
  const row = figuresOf(measured(wins)).rows.find(({ contestant }) => contestant === "apollo-gateway");
  expect(row?.throughputRatio).toEqual({ median: 7.5, least: 7, most: 8 });
  expect(row?.processorRatio?.median).toBeCloseTo(8);
  expect(row?.processorRatio?.least).toBeCloseTo(6);
});

test("a figure is met, not met, or was not measured", () => {
  const verdicts = verdictsOf(figuresOf(measured(wins)), "ours");
  const isMet = Object.fromEntries(verdicts.map(({ figure, isMet }) => [figure, isMet]));
  expect(isMet).toMatchObject({
    "tasks20 against apollo-gateway, throughput": true,
    "tasks20 against hive-rust, throughput": undefined,
    "the least of all ratios against apollo-gateway": true,
    "tasks20, p99 at the same load as apollo-gateway": true,
    "memory after load": false,
  });
});

test("a request that failed makes the figures void, on either side", () => {
  for (const failing of ["ours", "apollo-gateway"]) {
    const turns = wins.map((one) => ({ ...one, failed: one.contestant === failing ? 1 : 0 }));
    const [first] = verdictsOf(figuresOf(measured(turns)), "ours");
    expect(first).toMatchObject({ got: "not measured", isMet: undefined });
  }
});
