import type { EChartsOption, LegendComponentOption } from "echarts";
import { type EventRow, eventRowsOf } from "./event-rows.ts";
import { type Colour, palette } from "./palette.ts";
import { type Format, headPx, heights, layoutOf, legendWidth, rightPx } from "./picture-layout.ts";
import {
  errorSeries,
  eventSeries,
  type GridName,
  grids,
  latencySeries,
  memorySeries,
  throughputSeries,
} from "./picture-series.ts";
import { renderSvg } from "./render-svg.ts";
import type { Result } from "./result.ts";

/**
 * What happened in a run as an SVG: operations per second by what became of them, latency, errors by code, memory and
 * events, on one axis of time with the time of the faults shaded. It has a ground of its own, so that it can be seen on any page.
 */
export function drawRun(result: Result, format: Format): string {
  const { height, option } = optionOf(result, format);
  return renderSvg(option, { width: format.width, height });
}

const headings = ["Operations per second", "Latency in ms", "Errors per second", "Memory of each server in MiB"];

function optionOf(result: Result, format: Format): { readonly height: number; readonly option: EChartsOption } {
  const { series } = result;
  const rows = eventRowsOf(result.events.first);
  const drawn = [
    throughputSeries(series),
    latencySeries(series),
    errorSeries(series),
    memorySeries(result.memory),
  ] as const;
  const codes = drawn[2].map(({ name }) => String(name));
  const { tops, heads, eventsHeight, height } = layoutOf({ codes, rows: rows.length }, format);
  const option: EChartsOption = {
    ...{ animation: false, backgroundColor: palette.surface },
    textStyle: { fontFamily: "system-ui, sans-serif", fontSize: format.fontSize, color: palette.ink },
    title: [...heads.map((top, index) => heading(headings[index] ?? "", top, format)), note(format)],
    legend: heads.map((top, index) => legend(drawn[index] ?? [], top, format)),
    grid: Object.entries({ ...heights, events: eventsHeight }).map(([name, height]) => {
      return { left: format.left, right: rightPx, top: tops[name as GridName], height };
    }),
    xAxis: Object.values(grids).map((index) => timeAxis(index, series.endMs, format)),
    yAxis: [
      { gridIndex: grids.throughput, ...amounts(format) },
      { gridIndex: grids.latency, ...amounts(format), type: "log", min: 1 },
      { gridIndex: grids.errors, ...amounts(format), minInterval: 1 },
      { gridIndex: grids.memory, ...amounts(format), minInterval: 1 },
      { gridIndex: grids.events, ...rowNames(rows, format) },
    ],
    series: [...shades(result), ...drawn.flat(), ...eventSeries(rows)],
  };
  return { height, option };
}

const text = (colour: Colour, { fontSize }: Format) => ({ color: palette[colour], fontSize });

const heading = (words: string, top: number, format: Format) => ({
  ...{ text: words, top: top + headPx.title, left: format.left, padding: 0 },
  textStyle: { ...text("ink", format), fontWeight: "bold" as const },
});

const note = (format: Format) => ({
  ...{ text: format.note, top: headPx.title, left: format.width - rightPx, padding: 0 },
  textAlign: "right" as const,
  textStyle: { ...text("muted", format), fontWeight: "normal" as const },
});

function legend(lines: readonly { name?: string | number }[], top: number, format: Format): LegendComponentOption {
  return {
    ...{
      data: lines.map(({ name }) => String(name)),
      top: top + headPx.legend,
      left: format.left,
      width: legendWidth(format),
      padding: 0,
      type: "plain",
    },
    ...{ icon: "roundRect", itemWidth: 12, itemHeight: 8, itemGap: 12, textStyle: text("muted", format) },
    ...{ selectedMode: false },
  };
}

/** All grids have the same axis; only the last tells the seconds. */
function timeAxis(index: number, endMs: number, format: Format) {
  const isLast = index === grids.events;
  return {
    ...{ type: "value" as const, gridIndex: index, min: 0, max: endMs / 1_000, position: "bottom" as const },
    ...{ splitNumber: Math.max(2, Math.floor((format.width - format.left) / format.tickPx / 2)) },
    axisLabel: { show: isLast, ...text("muted", format), formatter: "{value} s", showMaxLabel: false },
    axisLine: { show: true, onZero: false, lineStyle: { color: palette.rule } },
    ...{ axisTick: { show: isLast }, splitLine: { show: false } },
  };
}

const amounts = (format: Format) => ({
  ...{ type: "value" as const, splitNumber: 3, axisLabel: text("muted", format) },
  ...{ axisLine: { show: false }, axisTick: { show: false } },
  splitLine: { lineStyle: { color: palette.rule } },
});

const rowNames = (rows: readonly EventRow[], format: Format) => ({
  ...{ type: "category" as const, data: rows.map(({ name }) => name), inverse: true, axisLabel: text("muted", format) },
  ...{ axisTick: { show: false }, axisLine: { show: false }, splitLine: { show: false } },
});

/** The time of the faults, on all grids. */
const shades = ({ phases: { during } }: Result) =>
  Object.values(grids).map((index) => ({
    ...{ type: "line" as const, xAxisIndex: index, yAxisIndex: index, data: [], silent: true },
    markArea: {
      ...{ silent: true, itemStyle: { color: palette.fault }, z: -1 },
      data: [[{ xAxis: during.span.from / 1_000 }, { xAxis: during.span.to / 1_000 }]],
    },
  })) as EChartsOption["series"] & object[];
