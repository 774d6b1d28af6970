import { quantile } from "../../client/figures.ts";
import { putLoad } from "../../overload/load.ts";
import type { Requests } from "../workloads/requests.ts";
import { loadOf, patienceMs } from "./saturate.ts";

export interface Latency {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly requests: number;
  /** Answers with errors, and requests without an answer. */
  readonly wrong: number;
}

export interface ConstantRate {
  readonly url: string;
  readonly requests: Requests;
  readonly perSecond: number;
  readonly forMs: number;
}

/**
 * So many requests a second, whatever becomes of them (an open loop, by the generator of bench/overload, which sends with
 * undici). A request's time begins when it is due, which is up to 1 ms before it is sent.
 */
export async function latencyAt({ url, requests, perSecond, forMs }: ConstantRate): Promise<Latency> {
  const outcomes = await putLoad({ ...loadOf(url, requests), perSecond, inFlight: 0, forMs, patienceMs });
  const times = outcomes.map(({ ms }) => ms);
  return {
    perSecond,
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    p999Ms: quantile(times, 0.999),
    requests: outcomes.length,
    wrong: outcomes.filter(({ outcome }) => outcome !== "whole").length,
  };
}
