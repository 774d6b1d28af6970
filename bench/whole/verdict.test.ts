import { expect, test } from "vitest";
import type { Turn } from "./turn.ts";
import { verdictsOf } from "./verdict.ts";

const usual = { p99Ms: 10, perSecond: 100, perCoreSecond: 100, perCoreSecondInAll: 80, failed: 0 };

/** A turn of the product in each round, with these medians. */
const rounds = (figures: Partial<Turn>, p50s: readonly number[]): Turn[] =>
  p50s.map((p50Ms, index) => ({
    ...{ service: "product", workload: "list", size: 1_000, round: index + 1, p50Ms, ...usual },
    ...figures,
  }));

test("sizes are compared within each round, in whatever order they were measured", () => {
  const large = rounds({ size: 1_000_000, workload: "filter" }, [5, 10, 22]);
  const small = rounds({ workload: "filter" }, [4, 8, 20]);
  expect(verdictsOf([...large, ...small].toReversed())).toMatchObject([{ got: "1.25 × (1.10 to 1.25)", isMet: true }]);
});

test("a list is held against Express: more for a processor counts as better, more time as worse", () => {
  const express = rounds({ service: "express", perCoreSecond: 300 }, [1, 2]);
  expect(verdictsOf([...rounds({}, [4, 4]), ...express])).toMatchObject([
    { figure: "list of 1000 tasks against express, answers per core", got: "0.33 × (0.33 to 0.33)", isMet: false },
    { figure: "list of 1000 tasks against express, p50", got: "3.00 × (2.00 to 4.00)", isMet: true },
  ]);
});

test("what failed is void, and met by nobody", () => {
  const turns = [...rounds({ failed: 2 }, [4]), ...rounds({ service: "express" }, [4])];
  for (const verdict of verdictsOf(turns))
    expect(verdict).toMatchObject({ got: "void: 2 requests failed", isMet: false });
});
