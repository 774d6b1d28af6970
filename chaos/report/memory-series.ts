import { type MemorySample, memoryEveryMs } from "../lab/run-record.ts";
import type { MemorySeries } from "./result.ts";
import { bucketMsFor } from "./time-series.ts";

const mostBuckets = 120;
const mebibyte = 1_048_576;

/** Sorts samples into buckets of one sample of each server, or of as many as keep their number small, up to `endMs`. */
export function memorySeriesOf(samples: readonly MemorySample[], endMs: number): MemorySeries {
  const bucketMs = bucketMsFor(endMs, memoryEveryMs, mostBuckets);
  const count = Math.max(1, Math.ceil(endMs / bucketMs));
  const mostIn = (own: readonly MemorySample[], index: number) => {
    const within = own.filter(({ at }) => at >= 0 && Math.floor(at / bucketMs) === index);
    return within.length === 0 ? null : Math.round(Math.max(...within.map(({ bytes }) => bytes)) / mebibyte);
  };
  const servers = [...Map.groupBy(samples, ({ part }) => part)];
  return {
    bucketMs,
    mebibytes: Object.fromEntries(
      servers.map(([part, own]) => [part, Array.from({ length: count }, (_, index) => mostIn(own, index))]),
    ),
  };
}
