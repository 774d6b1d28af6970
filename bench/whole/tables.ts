import { ratioCell } from "../router/report/tables.ts";
import type { Table } from "../table.ts";
import { type Figure, failuresOf, medianOf, ratioOf, select, sizesOf, workloadsOf } from "./figures.ts";
import { serviceNames } from "./services.ts";
import type { Turn } from "./turn.ts";

const milliseconds = (value: number | undefined) => value?.toFixed(1) ?? "";
const whole = (value: number | undefined) => (value === undefined ? "" : String(Math.round(value)));

/** The absolute figures, which are this machine's: a row for each workload, size and service. */
export const figuresTable = (turns: readonly Turn[]): Table => ({
  head: ["workload", "tasks", "server", "p50 ms", "p99 ms", "a second", "per core", "with MongoDB", ""],
  rows: kindsOf(turns).flatMap((kind) =>
    serviceNames.map((service) => figuresRow(select(turns, { ...kind, service }))),
  ),
});

function figuresRow(turns: readonly Turn[]): string[] {
  const of = (figure: Figure) => medianOf(turns, figure);
  const failures = failuresOf(turns);
  return [
    ...[turns[0]?.workload ?? "", String(turns[0]?.size), turns[0]?.service ?? ""],
    ...[milliseconds(of("p50Ms")), milliseconds(of("p99Ms")), whole(of("perSecond"))],
    ...[whole(of("perCoreSecond")), whole(of("perCoreSecondInAll"))],
    failures > 0 ? `void: ${failures} requests failed` : "",
  ];
}

/** By what factor the product's figures are those of Express. */
export const ratiosTable = (turns: readonly Turn[]): Table => ({
  head: ["workload", "tasks", "p50", "p99", "answers per core", "with MongoDB"],
  rows: kindsOf(turns).map(({ workload, size }) => {
    const some = select(turns, { workload, size });
    const figures = ["p50Ms", "p99Ms", "perCoreSecond", "perCoreSecondInAll"] as const;
    const ratios = figures.map((figure) => ratioOf(some, figure, { service: "product" }, { service: "express" }));
    return [workload, String(size), ...(failuresOf(some) > 0 ? ["void", "", "", ""] : ratios.map(ratioCell))];
  }),
});

const kindsOf = (turns: readonly Turn[]) =>
  workloadsOf(turns).flatMap((workload) => sizesOf(turns).map((size) => ({ workload, size })));
