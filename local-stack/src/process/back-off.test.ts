import { expect, test } from "vitest";
import { BackOff } from "./back-off.ts";

const options = { firstMs: 200, maxMs: 1_000, resetAfterMs: 30_000 };

test("the delay doubles up to its maximum", () => {
  const backOff = new BackOff(options);
  expect([1, 1, 1, 1, 1].map((aliveMs) => backOff.next(aliveMs))).toEqual([200, 400, 800, 1_000, 1_000]);
});

test("a long life starts the series again", () => {
  const backOff = new BackOff(options);
  expect([1, 1, 30_000, 1].map((aliveMs) => backOff.next(aliveMs))).toEqual([200, 400, 200, 400]);
});
