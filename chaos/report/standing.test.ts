import { expect, test } from "vitest";
import { isAllWell, isDisturbed, isUnsteady, runsOf, standingOf } from "./standing.ts";
import { every, failedDuring, report, result, run } from "./test-support/invented.ts";

const bad = run({ samples: failedDuring });
const passing = result();
const failing = result({ record: bad, seed: 8 });
const controlThatFails = result({ record: bad, isControl: true });
const controlThatHolds = result({ isControl: true });
const breakdown = {
  ...{ experiment: "invented", seed: 7, control: null, error: "no mongod" },
  ...{ startedAt: "2026-11-28T10:00:00.000Z", durationMs: 5 },
};

const standing = (...results: (typeof passing)[]) =>
  standingOf(runsOf(report({ results, breakdowns: [] }), "invented"));

test("a hypothesis passes when its runs pass and its controls fail", () => {
  expect(standing(passing, controlThatFails)).toBe("passed");
  expect(isAllWell(report({ results: [passing, controlThatFails] }))).toBe(true);
});

test("one bad run of several fails it", () => {
  expect(standing(passing, failing, controlThatFails)).toBe("failed");
});

test("a control that holds all tolerances shows that the experiment can't fail", () => {
  expect(standing(passing, controlThatFails, controlThatHolds)).toBe("can't fail");
  expect(isAllWell(report({ results: [passing, controlThatHolds] }))).toBe(false);
});

test("a control that breaks only what holds in every experiment is as it should be", () => {
  const findings = { lost: [], doubled: ["w-1"], unexpected: [], crossed: [] };
  expect(standing(passing, result({ record: run({ findings }), isControl: true }))).toBe("passed");
});

test("without a run, or with one that the lab could not do, nothing is known", () => {
  expect(standing()).toBe("not known");
  const runs = runsOf(report({ results: [passing], breakdowns: [breakdown] }), "invented");
  expect(standingOf(runs)).toBe("not known");
  expect(isAllWell(report({ results: [passing], breakdowns: [breakdown] }))).toBe(false);
});

test("a run in which more than one of a hundred failed before the faults is unsteady", () => {
  const failing = (first: number) => every(5, 4_000, (at) => (at < first * 5 ? { outcome: "failed" } : {}));
  expect(isUnsteady(result({ record: run({ samples: failing(2) }) }))).toBe(false);
  expect(isUnsteady(result({ record: run({ samples: failing(3) }) }))).toBe(true);
  expect(isUnsteady(result({ record: bad }))).toBe(false);
});

test("a run is disturbed when others had more than two of a hundred of the processors' time, if anybody knows", () => {
  const stolen = (stolenPercent: number | null) => result({ record: run({ stolenPercent }) });
  expect([0, 2, 2.1, null].map(stolen).map(isDisturbed)).toEqual([false, false, true, false]);
});

test("a control that fails while it is disturbed proves nothing", () => {
  const disturbed = result({ record: { ...bad, stolenPercent: 5 }, isControl: true });
  expect(standing(passing, disturbed)).toBe("not known");
});
