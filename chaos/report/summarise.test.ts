import { expect, test } from "vitest";
import { every, failedDuring, result, run, sample } from "./test-support/invented.ts";

test("a run within all tolerances passes, and one that breaks one does not", () => {
  expect(result().passed).toBe(true);
  const failed = result({ record: run({ samples: failedDuring }) });
  expect(failed.passed).toBe(false);
  const broken = failed.verdicts.filter(({ holds }) => !holds);
  expect(broken.map(({ of, shown, limit }) => [of, shown, limit])).toEqual([
    ["experiment", "0 %", "at least 99.9 %"],
    ["experiment", "900 ms", "at most 500 ms"],
  ]);
});

test("what holds in every experiment is judged in each", () => {
  const record = run({ findings: { lost: ["a"], doubled: [], unexpected: [], crossed: [] } });
  const broken = result({ record }).verdicts.filter(({ holds }) => !holds);
  expect(broken.map(({ what, of, value }) => [what, of, value])).toEqual([["writes lost", "always", 1]]);
});

test("a phase has the operations that were due in it, by what became of them", () => {
  const samples = [
    ...[sample(999), sample(1_000, { outcome: "stale" }), sample(2_999, { outcome: "failed", code: "NETWORK" })],
    ...[sample(1_500, { operation: "me", outcome: "partial", code: "SUBGRAPH_TIMEOUT", ms: 3_000 }), sample(3_000)],
  ];
  const { during } = result({ record: run({ samples }) }).phases;
  expect(during.all).toEqual({
    ...{ count: 3, outcomes: { ok: 0, stale: 1, partial: 1, failed: 1 }, goodPerSecond: 0.5 },
    shares: { ok: 0, stale: 100 / 3, partial: 100 / 3, failed: 100 / 3 },
    latencyMs: { p50: 10, p95: 3_000, p99: 3_000 },
  });
  expect(Object.keys(during.operations)).toEqual(["me", "tasks"]);
  expect(during.operations.tasks?.count).toBe(2);
  expect(during.codes).toEqual({ NETWORK: 1, SUBGRAPH_TIMEOUT: 1 });
});

test("a phase without operations has no shares and no latencies", () => {
  const { before } = result({ record: run({ samples: [sample(1_000)] }) }).phases;
  expect(before.all.shares.ok).toBeNull();
  expect(before.all.latencyMs.p99).toBeNull();
});

test("detecting and recovering are timed from the start and the end of the fault", () => {
  const samples = every(100, 4_000, (at) => (at === 3_300 ? { outcome: "failed", code: "NETWORK" } : {}));
  const events = [{ at: 1_250, kind: "breaker-opened" as const, part: "router-0" }];
  const phases = { ...run().phases, after: { from: 3_000, to: 4_500 } };
  const noted = result({ record: run({ samples, events, phases }) });
  expect([noted.timeToDetectMs, noted.timeToRecoverMs]).toEqual([250, 300]);
  expect([result().timeToDetectMs, result().timeToRecoverMs]).toEqual([null, 0]);
});

test("what fails to the end has not recovered", () => {
  const samples = every(100, 5_000, (at) => (at >= 1_000 && at % 200 === 0 ? { outcome: "failed" } : {}));
  const phases = { ...run().phases, after: { from: 3_000, to: 5_000 } };
  expect(result({ record: run({ samples, phases }) }).timeToRecoverMs).toBeNull();
});

test("a result is the same after it was JSON", () => {
  const bad = result({ record: run({ samples: [] }) });
  expect(bad.verdicts[0]).toMatchObject({ value: null, shown: "nothing to measure", holds: false });
  expect(JSON.parse(JSON.stringify(bad))).toEqual(bad);
});

test("long lists are cut, and say how long they were", () => {
  const lost = Array.from({ length: 50 }, (_, index) => `w-${index}`);
  const { findings } = result({ record: run({ findings: { lost, doubled: [], unexpected: [], crossed: [] } }) });
  expect(findings.lost.total).toBe(50);
  expect(findings.lost.first).toHaveLength(20);
});

test("a control's settings come over the experiment's own", () => {
  expect(result().env).toEqual({ router: { ONE: "1" } });
  const control = result({ isControl: true });
  expect(control.control).toBe("the retries");
  expect(control.env).toEqual({ router: { ONE: "1", TWO: "2" }, users: { THREE: "3" } });
});
