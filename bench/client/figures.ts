import { inColumns } from "../table.ts";

/** Something that was measured some times, and what it may be at most. */
export interface Figure {
  readonly name: string;
  readonly values: readonly number[];
  readonly show: (value: number) => string;
  /** For the value that three of four stay below. */
  readonly limit?: number;
}

export const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
export const milliseconds = (ms: number) => `${Math.round(ms)} ms`;
export const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(0)} KB`;
export const count = (value: number) => String(value);
export const score = (value: number) => value.toFixed(3);

/** The smallest value that the given share of all do not exceed. (nearest rank) */
export function quantile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)] ?? Number.NaN;
}

const median = ({ values }: Figure) => quantile(values, 0.5);
const p75 = ({ values }: Figure) => quantile(values, 0.75);

export const isWithin = (figure: Figure): boolean => figure.limit === undefined || p75(figure) <= figure.limit;

/** One table; with the figures of another build, also by what factor these differ from it. */
export function tableOf(figures: readonly Figure[], others?: readonly Figure[]): string {
  const head = ["measure", "median", "p75", "limit", "", ...(others ? ["other", "ratio"] : [])];
  const rows = figures.map((figure, i) => {
    const { name, show, limit } = figure;
    const verdict = limit === undefined ? "" : isWithin(figure) ? "within" : "NOT WITHIN";
    const other = others?.[i];
    return [
      name,
      show(median(figure)),
      show(p75(figure)),
      limit === undefined ? "" : show(limit),
      verdict,
      ...(other ? [show(p75(other)), (p75(figure) / p75(other)).toFixed(2)] : []),
    ];
  });
  return inColumns({ head, rows });
}
