import type { EChartsOption, LegendComponentOption } from "echarts";
import * as echarts from "echarts";
import { eventRowsOf } from "./event-rows.ts";
import { type Colour, palette } from "./palette.ts";
import { errorSeries, eventSeries, grids, latencySeries, throughputSeries } from "./picture-series.ts";
import type { Result } from "./result.ts";

/** Of a picture, in pixels. */
export interface Format {
  readonly width: number;
  /** Left of the curves, for the numbers and the names of the rows. */
  readonly left: number;
  readonly fontSize: number;
  /** A tick of the time axis each so many pixels, at most. */
  readonly tickPx: number;
  /** What the ground of the curves means. */
  readonly note: string;
}

export const wide: Format = { width: 920, left: 74, fontSize: 12, tickPx: 70, note: "shaded: while the faults last" };
export const narrow: Format = { width: 400, left: 62, fontSize: 12, tickPx: 55, note: "shaded: faults" };

const heights = { throughput: 130, latency: 130, errors: 100 };
const headPx = 58; // a title and, below it, its legend
const rowPx = 18;
const footPx = 44;
const right = 16;

/**
 * What happened in a run as an SVG: operations per second by what became of them, latency, errors by code, and events, on
 * one axis of time with the time of the faults shaded. It has a ground of its own, so that it can be seen on any page.
 */
export function drawRun(result: Result, format: Format): string {
  const rows = eventRowsOf(result.events.first);
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...sizeOf(rows.length, format) });
  try {
    chart.setOption(optionOf(result, format));
    return compact(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

function layout(rowCount: number) {
  const latency = headPx + heights.throughput + headPx;
  const errors = latency + heights.latency + headPx;
  const events = errors + heights.errors + 10;
  const tops = { throughput: headPx, latency, errors, events };
  return { tops, height: events + rowCount * rowPx + footPx };
}

const sizeOf = (rowCount: number, { width }: Format) => ({ width, height: layout(rowCount).height });

function optionOf(result: Result, format: Format): EChartsOption {
  const { series } = result;
  const rows = eventRowsOf(result.events.first);
  const { tops } = layout(rows.length);
  const drawn = [throughputSeries(series), latencySeries(series), errorSeries(series)] as const;
  const headings = ["Operations per second", "Latency in ms", "Errors per second"];
  const top = [tops.throughput, tops.latency, tops.errors];
  return {
    ...{ animation: false, backgroundColor: palette.surface },
    textStyle: { fontFamily: "system-ui, sans-serif", fontSize: format.fontSize, color: palette.ink },
    title: [...headings.map((text, index) => heading(text, (top[index] ?? 0) - headPx, format)), note(format)],
    legend: drawn.map((lines, index) => legend(lines, (top[index] ?? 0) - headPx + 34, format)),
    grid: [
      { left: format.left, right, top: tops.throughput, height: heights.throughput },
      { left: format.left, right, top: tops.latency, height: heights.latency },
      { left: format.left, right, top: tops.errors, height: heights.errors },
      { left: format.left, right, top: tops.events, height: rows.length * rowPx },
    ],
    xAxis: Object.values(grids).map((index) => timeAxis(index, series.endMs, format)),
    yAxis: [
      { gridIndex: 0, ...amounts(format) },
      { gridIndex: 1, ...amounts(format), type: "log", min: 1 },
      { gridIndex: 2, ...amounts(format), minInterval: 1 },
      {
        gridIndex: 3,
        ...rowNames(
          rows.map(({ name }) => name),
          format,
        ),
      },
    ],
    series: [...shades(result), ...drawn.flat(), ...eventSeries(rows)],
  };
}

const text = (colour: Colour, { fontSize }: Format) => ({ color: palette[colour], fontSize });

const heading = (words: string, top: number, format: Format) => ({
  ...{ text: words, top: top + 14, left: format.left, padding: 0 },
  textStyle: { ...text("ink", format), fontWeight: "bold" as const },
});

const note = (format: Format) => ({
  ...{ text: format.note, top: 14, left: format.width - right, padding: 0 },
  textAlign: "right" as const,
  textStyle: { ...text("muted", format), fontWeight: "normal" as const },
});

function legend(lines: readonly { name?: string | number }[], top: number, format: Format): LegendComponentOption {
  return {
    ...{ data: lines.map(({ name }) => String(name)), top, left: format.left, padding: 0, type: "plain" },
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

const rowNames = (names: readonly string[], format: Format) => ({
  ...{ type: "category" as const, data: [...names], inverse: true, axisLabel: text("muted", format) },
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

/** One digit after the point is a tenth of a pixel: more takes only room. */
const compact = (svg: string) => svg.replace(/\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))));
