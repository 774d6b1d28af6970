import { CodedError } from "@tareas/service-kit/errors";
import { Tally } from "@tareas/service-kit/metrics/tally";
import { Gauge, Histogram, type Registry } from "prom-client";
import { CallCancelled, type CallSubgraph, type Policy, type SubgraphResponse } from "./call.ts";
import { RateWindow } from "./rate-window.ts";
import type { BalanceObserver } from "./resilience/balance.ts";
import type { BulkheadLimits, BulkheadObserver } from "./resilience/bulkhead.ts";
import type { Endpoint, EndpointState } from "./resilience/endpoint.ts";
import type { RetryObserver } from "./resilience/retry.ts";
import type { SharingObserver } from "./resilience/share-identical.ts";

const secondsBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const stateValue: Record<EndpointState, number> = { closed: 0, "half-open": 1, open: 2 };
const keptErrors = 5;
/** The outcome of a call whose caller has gone. */
const cancelled = "cancelled";

/** A failure that was seen lately. */
export interface RecentError {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly code: string;
  readonly requestId: string | undefined;
}

/** Counts what becomes of the calls to all subgraphs, in a registry of Prometheus metrics. */
export class RouterMetrics {
  readonly #subgraphs = new Map<string, SubgraphMetrics>();
  readonly #instruments;

  constructor(registry: Registry) {
    this.#instruments = createInstruments(registry, () => this.subgraphs);
  }

  /** Those of the current supergraph and of earlier ones. */
  get subgraphs(): readonly SubgraphMetrics[] {
    return [...this.#subgraphs.values()];
  }

  /** A subgraph that came with a new supergraph: what was counted under its name goes on. */
  of(subgraph: string): SubgraphMetrics {
    const metrics = new SubgraphMetrics(subgraph, this.#instruments);
    this.#subgraphs.set(subgraph, metrics);
    return metrics;
  }
}

/** Counts what becomes of the calls to one subgraph. */
export class SubgraphMetrics implements BalanceObserver, BulkheadObserver, RetryObserver, SharingObserver {
  readonly subgraph: string;
  readonly #instruments: Instruments;
  readonly #errors: RecentError[] = [];
  readonly #window = new RateWindow();
  #endpoints: readonly Endpoint[] = [];
  #load: () => BulkheadLimits = () => ({ inFlight: 0, queued: 0 });

  constructor(subgraph: string, instruments: Instruments) {
    this.subgraph = subgraph;
    this.#instruments = instruments;
  }

  get endpoints(): readonly Endpoint[] {
    return this.#endpoints;
  }

  /** The newest first. */
  get recentErrors(): readonly RecentError[] {
    return this.#errors;
  }

  get rates(): ReturnType<RateWindow["read"]> {
    return this.#window.read();
  }

  get load(): BulkheadLimits {
    return this.#load();
  }

  watchEndpoints(endpoints: readonly Endpoint[]): void {
    this.#endpoints = endpoints;
  }

  watchBulkhead(load: () => BulkheadLimits): void {
    this.#load = load;
  }

  retried(isAllowed: boolean): void {
    this.#instruments.retries.add(this.subgraph, String(isAllowed));
  }

  shared(): void {
    this.#instruments.shared.add(this.subgraph);
  }

  refused(): void {
    this.#instruments.refused.add(this.subgraph);
  }

  /** Of whole calls, with all that protects them. */
  readonly measured: Policy = (call) => async (request, cancellation) => {
    const { subgraph } = this;
    const startedAt = performance.now();
    return telling(call(request, cancellation), (outcome, hasThrown) => {
      if (hasThrown && outcome !== cancelled) this.#addError(outcome, request.headers["x-request-id"]);
      this.#instruments.seconds.observe({ subgraph }, (performance.now() - startedAt) / 1_000);
      this.#window.add(outcome !== "ok" && outcome !== cancelled);
      this.#instruments.calls.add(subgraph, outcome);
    });
  };

  #addError(code: string, requestId: string | undefined): void {
    this.#errors.unshift({ at: Date.now(), code, requestId });
    this.#errors.length = Math.min(this.#errors.length, keptErrors);
  }

  /** Of what is sent to one endpoint. */
  attemptsAt(endpoint: URL, call: CallSubgraph): CallSubgraph {
    const { host } = endpoint;
    return (request, cancellation) =>
      telling(call(request, cancellation), (outcome) => this.#instruments.attempts.add(this.subgraph, host, outcome));
  }
}

/** Waits for a call, and tells what came of it before anybody else hears of it. */
async function telling(
  calling: Promise<SubgraphResponse>,
  tell: (outcome: string, hasThrown: boolean) => void,
): Promise<SubgraphResponse> {
  try {
    const response = await calling;
    tell(response.refusedForSeconds === undefined ? "ok" : "RATE_LIMITED", false);
    return response;
  } catch (error) {
    tell(outcomeOf(error), true);
    throw error;
  }
}

type Instruments = ReturnType<typeof createInstruments>;

/** Once for all subgraphs: what differs is in labels. */
function createInstruments(registry: Registry, subgraphs: () => readonly SubgraphMetrics[]) {
  const registers = [registry];
  const name = (what: string) => `tareas_router_subgraph_${what}`;
  const counter = <Label extends string>(what: string, help: string, labelNames: Label[]) =>
    new Tally(registry, { name: name(what), help, labelNames });
  const load = (what: keyof BulkheadLimits, help: string) =>
    new Gauge({
      name: name(what === "inFlight" ? "calls_in_flight" : "calls_queued"),
      help,
      labelNames: ["subgraph"],
      registers,
      collect() {
        for (const { subgraph, load } of subgraphs()) this.set({ subgraph }, load[what]);
      },
    });
  load("inFlight", "Calls to a subgraph that are on their way.");
  load("queued", "Calls to a subgraph that wait for their turn.");
  new Gauge({
    name: name("breaker_state"),
    help: "The circuit breaker of an endpoint: 0 closed, 1 half-open, 2 open.",
    labelNames: ["subgraph", "endpoint"],
    aggregator: "max", // each worker has breakers of its own: the worst is worth an alert
    registers,
    collect() {
      this.reset();
      for (const { subgraph, endpoints } of subgraphs())
        for (const { url, state } of endpoints) this.set({ subgraph, endpoint: url.host }, stateValue[state]);
    },
  });
  return {
    calls: counter("calls_total", "Calls to a subgraph, by what came of them: ok, cancelled, or the error's code.", [
      "subgraph",
      "outcome",
    ]),
    seconds: new Histogram({
      name: name("call_duration_seconds"),
      help: "How long calls to a subgraph took, with waiting and retries.",
      labelNames: ["subgraph"],
      buckets: secondsBuckets,
      registers,
    }),
    attempts: counter("attempts_total", "Requests that were sent to an endpoint of a subgraph.", [
      "subgraph",
      "endpoint",
      "outcome",
    ]),
    retries: counter("retries_total", "Attempts worth a retry, by whether the retry budget allowed it.", [
      "subgraph",
      "allowed",
    ]),
    shared: counter("shared_calls_total", "Calls that an identical one on its way answered.", ["subgraph"]),
    refused: counter("refused_calls_total", "Calls refused because the breaker of every endpoint was open.", [
      "subgraph",
    ]),
  };
}

function outcomeOf(error: unknown): string {
  if (error instanceof CallCancelled) return cancelled;
  return error instanceof CodedError ? error.code : "INTERNAL_SERVER_ERROR";
}
