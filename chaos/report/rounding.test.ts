import fc from "fast-check";
import { expect, test } from "vitest";
import type { Tolerance } from "../tolerances/tolerance.ts";
import { roundDown, roundUp, shownValue } from "./rounding.ts";

const limits = (differences: Partial<Tolerance>): Tolerance => ({
  ...{ what: "", unit: "%", measure: () => 0 },
  ...differences,
});

test("a share just below its limit is not shown as the limit", () => {
  expect(shownValue(99.89999, limits({ atLeast: 99.9 }))).toBe("99.899 %");
  expect(shownValue(99.99999, limits({ atLeast: 100 }))).toBe("99.999 %");
});

test("a latency just above its limit is not shown as the limit", () => {
  expect(shownValue(500.01, limits({ unit: "ms", atMost: 500 }))).toBe("501 ms");
  expect(shownValue(1.2000001, limits({ unit: "times", atMost: 1.2 }))).toBe("1.21 times");
});

test("a value at its limit is shown as it", () => {
  expect(shownValue(99.9, limits({ atLeast: 99.9 }))).toBe("99.9 %");
  expect(shownValue(0.29, limits({ atLeast: 0.29 }))).toBe("0.29 %");
  expect(shownValue(500, limits({ unit: "ms", atMost: 500 }))).toBe("500 ms");
  expect(shownValue(0, limits({ unit: "count", atMost: 0 }))).toBe("0");
});

test("between two limits, a value is rounded away from the one that it breaks", () => {
  const both = limits({ unit: "count", atLeast: 2, atMost: 4 });
  expect(shownValue(1.9, both)).toBe("1");
  expect(shownValue(4.1, both)).toBe("5");
});

test("nothing to measure is said so", () => {
  expect(shownValue(Number.NaN, limits({ atLeast: 1 }))).toBe("nothing to measure");
});

test("rounding never crosses the value, and stays within a step of it", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 3 }), (value, digits) => {
      const [down, up] = [roundDown(value, digits), roundUp(value, digits)];
      expect(down).toBeLessThanOrEqual(value);
      expect(up).toBeGreaterThanOrEqual(value);
      expect(up - down).toBeLessThan(1.01 * 10 ** -digits);
    }),
  );
});
