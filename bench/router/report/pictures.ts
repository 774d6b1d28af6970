import { drawBars } from "./picture.ts";
import type { Report } from "./report.ts";

/** The pictures of a report as SVG, by the names of their files. */
export function picturesOf(report: Report): Record<string, string> {
  const saturated = report.rows.filter(({ connections, failed }) => connections === fewest(report) && failed === 0);
  const held = report.latencies.filter(({ failed }) => failed === 0);
  return {
    "processor-time.svg": draw("Processor time of a request in ms", saturated, (row) => row.processorMs?.median, 2),
    "throughput.svg": draw("Requests a second on one processor", saturated, (row) => row.perSecond.median, 0),
    "latency.svg": draw("p99 in ms, at a load that all can take", held, (row) => row.p99Ms.median, 1),
  };
}

const fewest = ({ rows }: Report) => Math.min(...rows.map(({ connections }) => connections));

function draw<Row extends { readonly workload: string; readonly contestant: string }>(
  title: string,
  rows: readonly Row[],
  figureOf: (row: Row) => number | undefined,
  digits: number,
): string {
  const groups = [...new Set(rows.map(({ workload }) => workload))];
  const names = [...new Set(rows.map(({ contestant }) => contestant))];
  const value = (workload: string, name: string) => {
    const row = rows.find((one) => one.workload === workload && one.contestant === name);
    return row && figureOf(row);
  };
  const servers = names.map((name) => ({ name, values: groups.map((group) => value(group, name)) }));
  return drawBars({ title, groups, servers, digits });
}
