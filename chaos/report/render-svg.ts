import type { EChartsOption } from "echarts";
import * as echarts from "echarts";

/** Draws a chart of a size in pixels as an SVG. */
export function renderSvg(option: EChartsOption, size: { readonly width: number; readonly height: number }): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption(option);
    return compact(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/** One digit after the point is a tenth of a pixel: more takes only room. */
const compact = (svg: string) => svg.replace(/\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))));
