import { quantile } from "../client/figures.ts";
import { type Spread, spreadOf } from "../router/figures.ts";
import type { Turn } from "./turn.ts";
import type { WorkloadName } from "./workloads.ts";

export type Figure = "p50Ms" | "p99Ms" | "perSecond" | "perCoreSecond" | "perCoreSecondInAll";

/** Which turns: of one of the two, of a workload, of accounts of a size. */
export type Which = Partial<Pick<Turn, "service" | "workload" | "size">>;

/** The turns of one kind, in the order of rounds. */
export function select(turns: readonly Turn[], which: Which): Turn[] {
  const wanted = Object.entries(which) as [keyof Which, unknown][];
  const found = turns.filter((turn) => wanted.every(([key, value]) => turn[key] === value));
  return found.toSorted((one, other) => one.round - other.round);
}

/** By what factor one is the other, round by round: what the machine does besides changes both alike. */
export function ratioOf(turns: readonly Turn[], figure: Figure, of: Which, to: Which): Spread | undefined {
  const others = select(turns, to);
  const ratios = select(turns, of).map((turn, index) => {
    const [one, other] = [turn[figure], others[index]?.[figure]];
    return one === null || !other ? undefined : one / other;
  });
  return spreadOf(ratios.filter((ratio) => ratio !== undefined));
}

/** Over the rounds; undefined when it is not known. */
export function medianOf(turns: readonly Turn[], figure: Figure): number | undefined {
  const values = turns.map((turn) => turn[figure]).filter((value) => value !== null);
  return values.length === 0 ? undefined : quantile(values, 0.5);
}

export const failuresOf = (turns: readonly Turn[]): number => turns.reduce((sum, { failed }) => sum + failed, 0);

/** From the smallest. */
export const sizesOf = (turns: readonly Turn[]): number[] =>
  [...new Set(turns.map(({ size }) => size))].toSorted((one, other) => one - other);

export const workloadsOf = (turns: readonly Turn[]): WorkloadName[] => [
  ...new Set(turns.map(({ workload }) => workload)),
];
