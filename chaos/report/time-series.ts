import type { Sample } from "../load/sample.ts";
import { byOutcome, countCodes, countOutcomes, latencies } from "./phase-figures.ts";
import type { Percentile, TimeSeries } from "./result.ts";

const leastBucketMs = 500;
const mostBuckets = 240;

/** How long buckets are, so that there are at most so many up to `endMs`: a multiple of the shortest. */
export const bucketMsFor = (endMs: number, shortestMs: number, most: number): number =>
  shortestMs * Math.max(1, Math.ceil(endMs / shortestMs / most));

/** Sorts samples into buckets of half a second, or of as many halves as keep their number small, up to `endMs`; the last one ends there. */
export function timeSeriesOf(samples: readonly Sample[], endMs: number): TimeSeries {
  const bucketMs = bucketMsFor(endMs, leastBucketMs, mostBuckets);
  const count = Math.max(1, Math.round(endMs / bucketMs));
  const indexOf = ({ at }: Sample) => (at < endMs ? Math.min(count - 1, Math.floor(at / bucketMs)) : -1);
  const found = Map.groupBy(samples, indexOf);
  const buckets = Array.from({ length: count }, (_, index) => found.get(index) ?? []);
  const lengthMs = (index: number) => (index === count - 1 ? endMs : (index + 1) * bucketMs) - index * bucketMs;
  const perSecond = (amount: number, index: number) => round(amount / (lengthMs(index) / 1_000), 2);
  const counts = buckets.map(countOutcomes);
  const byPercentile = buckets.map(latencies);
  const latency = (name: Percentile) => byPercentile.map((bucket) => round(bucket[name], 1));
  const codes = buckets.map(countCodes);
  const names = Object.keys(countCodes(buckets.flat()));
  return {
    ...{ bucketMs, endMs },
    perSecond: byOutcome((outcome) => counts.map((count, index) => perSecond(count[outcome], index))),
    latencyMs: { p50: latency("p50"), p95: latency("p95"), p99: latency("p99") },
    codesPerSecond: Object.fromEntries(
      names.map((name) => [name, codes.map((bucket, index) => perSecond(bucket[name] ?? 0, index))]),
    ),
  };
}

/** For pictures, where the last digits only take room. */
function round<T extends number | null>(value: T, digits: number): T {
  return (value === null ? null : Number(value.toFixed(digits))) as T;
}
