import { expect, test } from "vitest";
import { stolenPercent } from "./stolen-time.ts";

test("what others had is a share of all that the processors could have done", () => {
  expect(stolenPercent({ all: 1_000, stolen: 10 }, { all: 3_000, stolen: 60 })).toBe(2.5);
});

test("where the system does not tell, nobody knows", () => {
  expect(stolenPercent(null, { all: 1, stolen: 0 })).toBeNull();
  expect(stolenPercent({ all: 1, stolen: 0 }, null)).toBeNull();
});
