import { expect, test } from "vitest";
import { memorySeriesOf } from "./memory-series.ts";

const mebibyte = 1_048_576;
const sampleOf = (part: string) => (at: number, mebibytes: number) => ({ part, at, bytes: mebibytes * mebibyte });

test("each server has the most memory of each bucket, and none where it did not run", () => {
  const [users, tasks] = [sampleOf("users-0"), sampleOf("tasks-0")];
  const samples = [users(-2_000, 900), users(3_000, 100), users(13_000, 120), tasks(3_000, 80), tasks(8_000, 90)];
  expect(memorySeriesOf(samples, 14_000)).toEqual({
    bucketMs: 5_000,
    mebibytes: { "users-0": [100, null, 120], "tasks-0": [80, 90, null] },
  });
});

test("a long run has longer buckets, not more", () => {
  const samples = Array.from({ length: 360 }, (_, index) => sampleOf("users-0")(index * 5_000, index));
  const { bucketMs, mebibytes } = memorySeriesOf(samples, 1_800_000);
  expect(bucketMs).toBe(15_000);
  expect(mebibytes["users-0"]).toHaveLength(120);
  expect(mebibytes["users-0"]?.slice(0, 2)).toEqual([2, 5]);
});
