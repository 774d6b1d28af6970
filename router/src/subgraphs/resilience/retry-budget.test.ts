import { expect, test } from "vitest";
import { RetryBudget } from "./retry-budget.ts";

const takenOf = (budget: RetryBudget, calls: number) => {
  let taken = 0;
  for (let call = 0; call < calls; call++) {
    budget.add();
    if (budget.take()) taken += 1;
  }
  return taken;
};

test("when everything fails, one call in five is retried, besides the reserve", () => {
  // The first call finds the reserve full.
  expect(takenOf(new RetryBudget(0.2, 10), 1_000)).toBe(209);
});

test("a long quiet time saves up no more than the reserve", () => {
  const budget = new RetryBudget(0.2, 10);
  for (let call = 0; call < 10_000; call++) budget.add();
  let taken = 0;
  while (budget.take()) taken += 1;
  expect(taken).toBe(10);
});

test("without a share nothing is retried", () => {
  expect(takenOf(new RetryBudget(0), 1_000)).toBe(0);
});
