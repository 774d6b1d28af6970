import { isWithin, type PhaseName, type RunRecord } from "../lab/run-record.ts";
import { completeOutcomes, type OperationName, type Outcome, type Sample } from "../load/sample.ts";
import { percentile } from "./percentile.ts";
import type { Tolerance } from "./tolerance.ts";

interface Good {
  /** What counts as good. Default: complete answers, stale ones too. */
  readonly good?: readonly Outcome[];
  /** Whether a write that had to be tried again is as bad as one that failed. */
  readonly atOnce?: boolean;
  /** Whether what took longer than so many ms is as bad as what failed. */
  readonly withinMs?: number;
}

interface Of extends Good {
  readonly of: readonly OperationName[];
  /** Default: all phases. */
  readonly phase?: PhaseName;
}

const inWords = ({ of, phase, atOnce, withinMs }: Of) => {
  const how = [
    atOnce ? "at the first try" : [],
    withinMs === undefined ? [] : `within ${withinMs} ms`,
    phase ?? [],
  ].flat();
  return `${of.join(", ")}${how.length === 0 ? "" : ` (${how.join(", ")})`}`;
};

const isGood = (
  { outcome, tries = 1, ms }: Sample,
  { good = completeOutcomes, atOnce = false, withinMs = Infinity }: Good,
) => good.includes(outcome) && (!atOnce || tries === 1) && ms <= withinMs;

function samplesOf(run: RunRecord, { of, phase }: Of): Sample[] {
  return run.samples.filter((sample) => {
    return of.includes(sample.operation) && (phase === undefined || isWithin(run.phases[phase], sample));
  });
}

/** Which share, in percent, of these operations succeed. */
export function succeed(options: Of & { readonly atLeast: number }): Tolerance {
  const { good = completeOutcomes, atLeast } = options;
  return {
    ...{ what: `${good.join(" or ")}: ${inWords(options)}`, unit: "%", atLeast },
    measure(run) {
      const samples = samplesOf(run, options);
      return (100 * samples.filter((sample) => isGood(sample, options)).length) / samples.length;
    },
  };
}

/** The latency that `percent` of these operations keep, whatever is answered, from when they were to be sent. */
export function latency(options: Of & { readonly percent: number; readonly atMost: number }): Tolerance {
  const { percent, atMost } = options;
  return {
    ...{ what: `latency, ${percent} % of: ${inWords(options)}`, unit: "ms", atMost },
    measure: (run) =>
      percentile(
        samplesOf(run, options).map(({ ms }) => ms),
        percent,
      ),
  };
}

/** The longest time in which none of these operations succeeded: between ends of good answers. */
export function longestGap(options: Of & { readonly atMost: number }): Tolerance {
  const { phase, atMost } = options;
  return {
    ...{ what: `longest time without success: ${inWords(options)}`, unit: "ms", atMost },
    measure(run) {
      const { from } = phase ? run.phases[phase] : run.phases.before;
      const { to } = phase ? run.phases[phase] : run.phases.after;
      const ends = samplesOf(run, { of: options.of })
        .filter((sample) => isGood(sample, options))
        .map(({ at, ms }) => at + ms)
        .filter((end) => end >= from && end <= to)
        .toSorted((a, b) => a - b);
      return Math.max(...[...ends, to].map((end, index) => end - (ends[index - 1] ?? from)));
    },
  };
}

/** How long after the end of the faults one of these operations still failed that was begun by then or later. */
export function recovery(options: Of & { readonly atMost: number }): Tolerance {
  const { atMost } = options;
  return {
    ...{ what: `time to recover: ${inWords(options)}`, unit: "ms", atMost },
    measure: (run) => timeToRecover(samplesOf(run, options), run, options),
  };
}

function timeToRecover(samples: readonly Sample[], { phases }: RunRecord, options: Good): number {
  const later = samples.filter((sample) => isWithin(phases.after, sample));
  if (later.length === 0) return Number.NaN;
  const bad = later.filter((sample) => !isGood(sample, options));
  return Math.max(0, ...bad.map(({ at }) => at - phases.after.from));
}

/** How many times as many attempts are sent to a subgraph as calls were asked for. */
export function attemptsPerCall(subgraph: string, limits: Pick<Tolerance, "atLeast" | "atMost">): Tolerance {
  const label = `subgraph="${subgraph}"`;
  return {
    ...{ what: `attempts sent to ${subgraph} for each call, while the fault lasts`, unit: "times", ...limits },
    measure(run) {
      if (!isScraped(run)) return Number.NaN;
      const during = (series: string) => increase(run, (name) => name.includes(series) && name.includes(label));
      return during("subgraph_attempts_total") / during("subgraph_calls_total");
    },
  };
}

const routers = ["router-0", "router-1"];

/** Whether both routers told their metrics at both ends of the fault. */
const isScraped = ({ metrics }: RunRecord) =>
  [metrics.before, metrics.during].every((values) =>
    routers.every((router) => [...values.keys()].some((name) => name.startsWith(`${router} `))),
  );

function increase({ metrics }: RunRecord, isMeant: (name: string) => boolean): number {
  const names = [...metrics.during.keys()].filter(isMeant);
  return names.reduce((sum, name) => sum + (metrics.during.get(name) ?? 0) - (metrics.before.get(name) ?? 0), 0);
}

/** What a probe has observed. */
export function observed(what: string, limits: Pick<Tolerance, "unit" | "atLeast" | "atMost">): Tolerance {
  return { what, ...limits, measure: ({ observations }) => observations[what] ?? Number.NaN };
}

/** How long each of the processes that were asked to end took for it. */
export function exits(atMost: number): Tolerance {
  return {
    ...{ what: "the longest that a process took to end after SIGTERM", unit: "ms", atMost },
    measure: ({ events }) =>
      maximum(events.filter(({ kind }) => kind === "process-exited").map(({ ms }) => ms ?? Number.NaN)),
  };
}

/** From SIGKILL until a process served again. */
export function restarts(atMost: number): Tolerance {
  return {
    ...{ what: "the longest that a process took from its end to serving again", unit: "ms", atMost },
    measure: ({ events }) =>
      maximum(events.filter(({ kind }) => kind === "process-ready").map(({ ms }) => ms ?? Number.NaN)),
  };
}

const maximum = (values: readonly number[]) => (values.length === 0 ? Number.NaN : Math.max(...values));

/** From the start of the fault until the product took note of it: a breaker opened, or a balancer left a server out. */
export function timeToDetect({ events, phases }: RunRecord): number {
  const noted = events.find(
    ({ kind, at }) => (kind === "breaker-opened" || kind === "balancer-out") && at >= phases.during.from,
  );
  return noted ? noted.at - phases.during.from : Number.NaN;
}

/** From the end of the fault until no operation failed any more. */
export const timeToRecoverAll = (run: RunRecord): number => timeToRecover(run.samples, run, {});

const unheardOf = new Set(["WRONG_ANSWER", "NONE", "NO_GRAPHQL", "INTERNAL_SERVER_ERROR"]);

/** What holds in every experiment. */
export const always: readonly Tolerance[] = [
  ...(["lost", "doubled", "unexpected", "crossed"] as const).map(
    (kind): Tolerance => ({
      ...{ what: `writes ${kind}`, unit: "count", atMost: 0 },
      measure: ({ findings }) => findings[kind].length,
    }),
  ),
  {
    ...{ what: "processes that died by themselves, or of an unhandled error", unit: "count", atMost: 0 },
    measure: ({ events }) => events.filter(({ kind }) => kind === "process-died" || kind === "unhandled-error").length,
  },
  {
    ...{ what: "answers that are wrong, without a code, or with INTERNAL_SERVER_ERROR", unit: "count", atMost: 0 },
    measure: ({ samples }) => samples.filter(({ codes = [] }) => codes.some((code) => unheardOf.has(code))).length,
  },
];
