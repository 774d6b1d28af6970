import type { BarSeriesOption } from "echarts";
import { type Colour, palette } from "../../../chaos/report/palette.ts";
import { renderSvg } from "../../../chaos/report/render-svg.ts";

/** Bars side by side: a group for each workload, a bar in it for each server. */
export interface Bars {
  readonly title: string;
  readonly groups: readonly string[];
  /** Undefined where a server has no figure. */
  readonly servers: readonly { readonly name: string; readonly values: readonly (number | undefined)[] }[];
  readonly digits: number;
}

const size = { width: 920, height: 340 };
const fontSize = 12;
const ours = "ok" satisfies Colour;
const others = ["p95", "code1", "code3", "code4", "code5"] as const satisfies readonly Colour[];
const limits = "rest" satisfies Colour;

/** Draws them on a light ground of their own, so that they can be seen on any page. */
export function drawBars({ title, groups, servers, digits }: Bars): string {
  const text = (colour: Colour) => ({ color: palette[colour], fontSize });
  return renderSvg(
    {
      ...{ animation: false, backgroundColor: palette.surface },
      textStyle: { fontFamily: "system-ui, sans-serif", fontSize, color: palette.ink },
      title: { text: title, top: 14, left: 60, padding: 0, textStyle: { ...text("ink"), fontWeight: "bold" } },
      legend: {
        top: 36,
        left: 60,
        padding: 0,
        icon: "roundRect",
        itemHeight: 8,
        itemWidth: 12,
        textStyle: text("muted"),
      },
      grid: { left: 60, right: 16, top: 80, bottom: 30 },
      xAxis: { type: "category", data: [...groups], axisLabel: text("muted"), axisTick: { show: false } },
      yAxis: { type: "value", axisLabel: text("muted"), splitLine: { lineStyle: { color: palette.rule } } },
      series: servers.map(({ name, values }, index): BarSeriesOption => {
        const label = { show: true, position: "top" as const, ...text("muted"), fontSize: 10 };
        return {
          ...{ type: "bar", name, silent: true, color: palette[colourOf(name, index)], barMaxWidth: 34 },
          data: values.map((value) => (value === undefined ? "-" : Number(value.toFixed(digits)))),
          label,
        };
      }),
    },
    size,
  );
}

function colourOf(name: string, index: number): Colour {
  if (name === "ours") return ours;
  if (name === "null-router" || name === "by-hand") return limits;
  return others[(index - 1) % others.length] ?? limits;
}
