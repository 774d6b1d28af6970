import type { Tolerance, Unit } from "../tolerances/tolerance.ts";
import { withUnit } from "../tolerances/tolerance.ts";

const digitsOf: Readonly<Record<Unit, number>> = { "%": 3, times: 2, ms: 0, count: 0, MiB: 0 };

/** The largest number of so many digits after the point that is not above `value`. */
export function roundDown(value: number, digits: number): number {
  const nearest = Number(value.toFixed(digits));
  return nearest > value ? Number((nearest - 10 ** -digits).toFixed(digits)) : nearest;
}

/** The smallest number of so many digits after the point that is not below `value`. */
export const roundUp = (value: number, digits: number): number => 0 - roundDown(-value, digits);

/** A measured value in words, rounded to its worse side: 99.8999 % is not shown as 99.9 % where 99.9 % are needed. */
export function shownValue(value: number, { unit, atLeast, atMost }: Tolerance): string {
  if (!Number.isFinite(value)) return withUnit(Number.NaN, unit);
  const isTooMuch = atLeast === undefined || (atMost !== undefined && value > atMost);
  return withUnit((isTooMuch ? roundUp : roundDown)(value, digitsOf[unit]), unit);
}
