import { randomInt } from "node:crypto";
import { BASE_62_DIGITS, generateKeyBetween } from "fractional-indexing";

/** A place among others: compares as an ASCII string. (fractional indexing) */
export type Position = string;

const timestampDigits = 7; // enough milliseconds for base 62 until the year 2081
const randomDigits = 4;

function base62(value: number, digits: number): string {
  let text = "";
  for (let rest = value, i = 0; i < digits; i++, rest = Math.floor(rest / 62)) text = BASE_62_DIGITS[rest % 62] + text;
  return text;
}

/**
 * The position behind everything made before `nowMs` (milliseconds since 1970). It depends on the clock alone, so that
 * any number of tasks can be made at once without looking at one another; random digits keep them apart.
 */
export function endPosition(nowMs: number): Position {
  const fraction = Array.from({ length: randomDigits }, () => BASE_62_DIGITS[randomInt(1, 62)]).join("");
  return `g${base62(nowMs, timestampDigits)}${fraction}`; // "g" says that the integer part has seven digits
}

/** Positions behind everything made before `nowMs`, one behind the other. */
export const endPositions = (nowMs: number, count: number): Position[] =>
  Array.from({ length: count }, () => endPosition(nowMs)).sort();

/** A position between two others, of which either may be missing. `before` has to be less than `after`. */
export const positionBetween = (before: Position | null, after: Position | null): Position =>
  generateKeyBetween(before, after);
