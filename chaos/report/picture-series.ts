import type { LineSeriesOption, ScatterSeriesOption } from "echarts";
import type { EventRow } from "./event-rows.ts";
import { type Colour, palette } from "./palette.ts";
import { outcomes } from "./phase-figures.ts";
import { type MemorySeries, type Percentile, percentiles, type TimeSeries } from "./result.ts";

/** Which of the stacked grids of a picture. */
export const grids = { throughput: 0, latency: 1, errors: 2, memory: 3, events: 4 } as const;
export type GridName = keyof typeof grids;

const mostCodes = 5;
const leastMs = 1; // a logarithm has no 0

type Point = [number, number | null];

const onGrid = (grid: GridName) => ({ xAxisIndex: grids[grid], yAxisIndex: grids[grid] });

/** A value for each bucket as points of a line, in seconds; steps have their last value up to the end. */
function pointsOf(values: readonly (number | null)[], { bucketMs, endMs }: TimeSeries, isStep: boolean): Point[] {
  const points = values.map((value, index): Point => [(index * bucketMs) / 1_000, value]);
  return isStep ? [...points, [endMs / 1_000, values.at(-1) ?? null]] : points;
}

function area(name: string, colour: Colour, grid: GridName, data: Point[]): LineSeriesOption {
  return {
    ...{ type: "line", name, stack: grid, step: "end", data, ...onGrid(grid) },
    ...{ symbol: "none", silent: true, color: palette[colour], lineStyle: { width: 0 }, areaStyle: { opacity: 1 } },
  };
}

/** Operations per second, by what became of them. */
export const throughputSeries = (series: TimeSeries): LineSeriesOption[] =>
  outcomes
    .filter((outcome) => outcome === "ok" || series.perSecond[outcome].some((value) => value > 0))
    .map((outcome) => area(outcome, outcome, "throughput", pointsOf(series.perSecond[outcome], series, true)));

export const latencySeries = (series: TimeSeries): LineSeriesOption[] =>
  (Object.keys(percentiles) as Percentile[]).map((name) => {
    const values = series.latencyMs[name].map((value) => (value === null ? null : Math.max(leastMs, value)));
    const middle = series.bucketMs / 2_000;
    const data = pointsOf(values, series, false).map(([at, value]): Point => [at + middle, value]);
    return {
      ...{ type: "line", name, data, ...onGrid("latency"), symbol: "none", silent: true, color: palette[name] },
      lineStyle: { width: name === "p99" ? 2 : 1.5 },
    };
  });

/** Errors per second by code; the rarest are drawn as one. */
export function errorSeries(series: TimeSeries): LineSeriesOption[] {
  const codes = Object.entries(series.codesPerSecond);
  const drawn = codes.slice(0, codes.length > mostCodes ? mostCodes - 1 : mostCodes);
  const rest = codes.slice(drawn.length).map(([, values]) => values);
  const areas = drawn.map(([code, values], index) =>
    area(code, `code${index + 1}` as Colour, "errors", pointsOf(values, series, true)),
  );
  if (rest.length === 0) return areas;
  const sum = rest[0]?.map((_, index) => rest.reduce((total, values) => total + (values[index] ?? 0), 0)) ?? [];
  return [...areas, area("others", "rest", "errors", pointsOf(sum, series, true))];
}

/** A line for each server, in the colour of its service; where it did not run there is a gap. */
export const memorySeries = ({ bucketMs, mebibytes }: MemorySeries): LineSeriesOption[] =>
  Object.entries(mebibytes).map(([server, values]) => {
    const [service = "", replica] = server.split("-");
    return {
      ...{ type: "line", name: server, ...onGrid("memory"), symbol: "none", silent: true },
      ...{ color: palette[service as Colour], lineStyle: { width: 1.5, type: replica === "0" ? "dashed" : "solid" } },
      data: values.map((value, index): Point => [((index + 0.5) * bucketMs) / 1_000, value]),
    };
  });

/** A tick for each event: what went wrong points down and is red, what came back points up and is green. */
export const eventSeries = (rows: readonly EventRow[]): ScatterSeriesOption[] =>
  [true, false].map((isBad) => ({
    ...{ type: "scatter", ...onGrid("events"), silent: true, symbolSize: 8, itemStyle: { opacity: 1 } },
    ...{ symbol: "triangle", symbolRotate: isBad ? 180 : 0, color: palette[isBad ? "failed" : "ok"] },
    data: rows.flatMap(({ ticks }, row) =>
      ticks.filter((tick) => tick.isBad === isBad).map(({ at }) => [at / 1_000, row]),
    ),
  }));
