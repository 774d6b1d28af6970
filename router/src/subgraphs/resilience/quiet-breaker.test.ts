import { CircuitState } from "cockatiel";
import { expect, test } from "vitest";
import { QuietBreaker } from "./quiet-breaker.ts";

function breakerOf(failures: number) {
  let nowMs = 0;
  const breaker = new QuietBreaker(failures, () => nowMs);
  return {
    succeedAt(ms: number) {
      nowMs = ms;
      breaker.success();
    },
    failAt(ms: number, tookMs = 0) {
      nowMs = ms;
      breaker.took(tookMs);
      return breaker.failure(CircuitState.Closed);
    },
    tryAndFailAt(ms: number) {
      nowMs = ms;
      return breaker.failure(CircuitState.HalfOpen);
    },
  };
}

test("it opens at the fifth failure in a row", () => {
  const breaker = breakerOf(5);
  breaker.succeedAt(0);
  expect([1_000, 1_001, 1_002, 1_003, 1_004].map((ms) => breaker.failAt(ms))).toEqual([
    false,
    false,
    false,
    false,
    true,
  ]);
});

test("it begins to count anew when a call goes well", () => {
  const breaker = breakerOf(2);
  expect(breaker.failAt(1_000)).toBe(false);
  breaker.succeedAt(1_001);
  expect([2_000, 2_001].map((ms) => breaker.failAt(ms))).toEqual([false, true]);
});

test("it stays closed while calls go well every now and then", () => {
  const breaker = breakerOf(2);
  breaker.succeedAt(1_000);
  expect([1_001, 1_002, 1_249, 1_250].map((ms) => breaker.failAt(ms))).toEqual([false, false, false, true]);
});

test("it opens again at once when the call that tries fails", () => {
  const breaker = breakerOf(5);
  breaker.succeedAt(0);
  expect(breaker.tryAndFailAt(1)).toBe(true);
});

test("with 0 it never opens", () => {
  const breaker = breakerOf(0);
  expect([1, 2, 3, 4, 5, 6].map((ms) => breaker.failAt(ms))).toEqual(Array(6).fill(false));
});

test("of calls that took long, it wants nothing to have gone well since they were sent, and for a second at most", () => {
  const breaker = breakerOf(2);
  breaker.succeedAt(1_000);
  expect([1_300, 1_399].map((ms) => breaker.failAt(ms, 400))).toEqual([false, false]);
  expect(breaker.failAt(1_400, 400)).toBe(true);
  breaker.succeedAt(2_000);
  expect([2_998, 2_999, 3_000].map((ms) => breaker.failAt(ms, 3_000))).toEqual([false, false, true]);
});
