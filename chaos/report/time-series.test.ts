import { expect, test } from "vitest";
import { every, sample } from "./test-support/invented.ts";
import { timeSeriesOf } from "./time-series.ts";

test("an operation is in the bucket in which it was due, however long it took", () => {
  const samples = [sample(0), sample(499, { outcome: "failed", code: "NETWORK", ms: 9_000 }), sample(500)];
  const series = timeSeriesOf(samples, 1_000);
  expect(series.perSecond.ok).toEqual([2, 2]);
  expect(series.perSecond.failed).toEqual([2, 0]);
  expect(series.codesPerSecond).toEqual({ NETWORK: [2, 0] });
  expect(series.latencyMs.p99).toEqual([9_000, 10]);
});

test("a bucket without operations has no latency, and a rate of none", () => {
  const series = timeSeriesOf([sample(0), sample(1_200)], 1_500);
  expect(series.latencyMs.p50).toEqual([10, null, 10]);
  expect(series.perSecond.ok).toEqual([2, 0, 2]);
});

test("the last bucket ends with the run, and has the rate of its own time", () => {
  const longer = timeSeriesOf([...every(100, 1_200), sample(1_199), sample(1_200)], 1_200);
  expect(longer.perSecond.ok).toEqual([10, 11.43]);
  const shorter = timeSeriesOf([...every(100, 1_300), sample(1_300)], 1_300);
  expect(shorter.perSecond.ok).toEqual([10, 10, 10]);
});

test("a long run has longer buckets, not more", () => {
  const series = timeSeriesOf([], 600_000);
  expect(series.bucketMs).toBe(2_500);
  expect(series.perSecond.ok).toHaveLength(240);
});
