import { putLoad } from "../../overload/load.ts";
import type { Requests } from "../workloads/requests.ts";
import { saturateByWrk } from "./wrk.ts";

export interface Saturation {
  readonly url: string;
  readonly requests: Requests;
  readonly connections: number;
  readonly forMs: number;
}

/** What became of the requests while as many were sent as were answered. */
export interface Answered {
  readonly requests: number;
  readonly durationMs: number;
  /** Answers that were not 200, or held errors. */
  readonly wrong: number;
  /** Requests without an answer. */
  readonly lost: number;
}

export const patienceMs = 10_000;

/** Keeps so many requests on their way: by wrk or, where there is none, by a slower generator of ours. */
export function saturate(saturation: Saturation, byWrk: boolean): Promise<Answered> {
  return byWrk ? saturateByWrk(saturation) : saturateByOurs(saturation);
}

async function saturateByOurs({ url, requests, connections, forMs }: Saturation): Promise<Answered> {
  const load = { ...loadOf(url, requests), perSecond: 0, inFlight: connections, forMs, patienceMs };
  const outcomes = await putLoad(load);
  const count = (...kinds: string[]) => outcomes.filter(({ outcome }) => kinds.includes(outcome)).length;
  return {
    requests: outcomes.length,
    durationMs: Math.max(...outcomes.map(({ atMs, ms }) => atMs + ms)),
    wrong: count("partial", "refused"),
    lost: count("failed"),
  };
}

/** The requests of a workload as our generator takes them. */
export function loadOf(url: string, { bodies, viewers }: Requests) {
  const { origin, pathname } = new URL(url);
  const requests = bodies.map((body, index) => ({
    path: pathname,
    headers: { authorization: `Bearer ${viewers.tokens[index]}` },
    body,
  }));
  return { url: origin, requests };
}
