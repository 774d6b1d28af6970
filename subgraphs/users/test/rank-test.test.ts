import { expect, test } from "vitest";
import { mannWhitney } from "./rank-test.ts";

const range = (from: number, count: number, step = 1) => Array.from({ length: count }, (_, i) => from + i * step);

// U is 190, 100 and 0 where 200 is the mean and 36.97 the deviation; the expected values are Python's math.erfc(z / √2).
test.each([
  ["interleave", range(0, 20, 2), range(1, 20, 2), 0.786775],
  ["overlap", range(0, 20), [...range(-5, 5), ...range(100, 15)], 0.00683],
  ["are apart", range(0, 20), range(100, 20), 6.3e-8],
])("samples that %s", (_, one, other, p) => {
  expect(mannWhitney(one, other)).toBeCloseTo(p, 5);
  expect(mannWhitney(other, one)).toBeCloseTo(p, 5);
});
