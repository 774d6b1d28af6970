import type { Table } from "../../table.ts";
import type { LatencyRow, LifeRow, Row, Spread } from "../figures.ts";
import { type Verdict, withSpread } from "../verdict.ts";

const whole = (spread: Spread | undefined) => (spread ? String(Math.round(spread.median)) : "");
const fixed = (digits: number) => (spread: Spread | undefined) => spread?.median.toFixed(digits) ?? "";
const megabytes = (spread: Spread | undefined) => (spread ? `${Math.round(spread.median / 1_000_000)} MB` : "");
export const ratioCell = (spread: Spread | undefined) => (spread ? withSpread(spread) : "");
const percent = (share: number | undefined) => (share === undefined ? "" : `${Math.round(share * 100)} %`);

/** Below this, something else than the server was the limit of its throughput. */
const leastBusyShare = 0.9;

function remarkOf({ failed, busyShare }: Row): string {
  if (failed > 0) return `void: ${failed} requests failed`;
  return busyShare !== undefined && busyShare < leastBusyShare ? "not saturated" : "";
}

export const saturationTable = (rows: readonly Row[]): Table => ({
  head: [
    "workload",
    "connections",
    "server",
    "ours: processor time",
    "ours: throughput",
    "ms each",
    "a second",
    "busy",
    "",
  ],
  rows: rows.map((row) => [
    ...[row.workload, String(row.connections), row.contestant],
    ...[ratioCell(row.processorRatio), ratioCell(row.throughputRatio)],
    ...[fixed(3)(row.processorMs), whole(row.perSecond), percent(row.busyShare), remarkOf(row)],
  ]),
});

export const latencyTable = (rows: readonly LatencyRow[]): Table => ({
  head: ["workload", "server", "a second", "ours: p99", "p50 ms", "p99 ms", "p99.9 ms", ""],
  rows: rows.map((row) => [
    ...[row.workload, row.contestant, String(row.perSecond), ratioCell(row.p99Ratio)],
    ...[row.p50Ms, row.p99Ms, row.p999Ms].map(fixed(2)),
    row.failed > 0 ? `void: ${row.failed} requests failed` : "",
  ]),
});

export const lifeTable = (rows: readonly LifeRow[]): Table => ({
  head: ["server", "start ms", "memory at rest", "memory after load"],
  rows: rows.map((row) => [row.contestant, whole(row.startMs), megabytes(row.restBytes), megabytes(row.loadedBytes)]),
});

export const verdictTable = (verdicts: readonly Verdict[]): Table => ({
  head: ["figure", "wanted", "got", ""],
  rows: verdicts.map(({ figure, wanted, got, isMet }) => [
    ...[figure, wanted, got],
    isMet === undefined ? "" : isMet ? "met" : "NOT met",
  ]),
});
