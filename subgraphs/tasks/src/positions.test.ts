import fc from "fast-check";
import { expect, test } from "vitest";
import { endPosition, positionBetween } from "./positions.ts";

const moment = fc.integer({ min: Date.parse("2020-01-01"), max: Date.parse("2080-01-01") });

test("what is made later stands behind, and never in the same place", () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1, max: 1e9 }), (now, later) => {
      expect(endPosition(now) < endPosition(now + later)).toBe(true);
    }),
  );
  expect(new Set(Array.from({ length: 1_000 }, () => endPosition(0))).size).toBeGreaterThan(990);
});

test("between any two positions there is another, however often one asks", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), moment, (turns, now) => {
      let [low, high] = [endPosition(now), endPosition(now + 1)];
      for (const upwards of turns) {
        const middle = positionBetween(low, high);
        expect(low < middle && middle < high).toBe(true);
        if (upwards) low = middle;
        else high = middle;
      }
    }),
  );
});

test("there is room before the first and behind the last", () => {
  const only = endPosition(Date.now());
  expect(positionBetween(null, only) < only).toBe(true);
  expect(positionBetween(only, null) > only).toBe(true);
});
