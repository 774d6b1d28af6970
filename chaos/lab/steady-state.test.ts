import { expect, test } from "vitest";
import { every } from "../report/test-support/invented.ts";
import { isSteady } from "./steady-state.ts";

const span = { from: 1_000, to: 6_000 };
/** 100 operations per second for seven seconds, of which every so many-th differs. */
const load = (everyNth: number, differs: Parameters<typeof every>[2]) =>
  every(10, 7_000, (at) => ((at / 10) % everyNth === 0 ? (differs?.(at) ?? {}) : {}));

test.each([
  ["all is well", load(1, () => ({})), true],
  ["one of two hundred fails", load(200, () => ({ outcome: "failed" })), true],
  ["one of fifty fails", load(50, () => ({ outcome: "failed" })), false],
  ["one of fifty lacks a part", load(50, () => ({ outcome: "partial" })), false],
  ["one of thirty is slow", load(30, () => ({ ms: 2_000 })), true],
  ["one of ten is slow", load(10, () => ({ ms: 2_000 })), false],
  ["a tenth has no answer yet", load(10, () => ({ at: Number.NaN })), false],
  ["those of the last moment have no answer yet", every(10, 5_600), true],
  ["nothing is asked", [], false],
])("when %s", (_, samples, steady) => {
  expect(isSteady(samples, span, 100)).toBe(steady);
});
