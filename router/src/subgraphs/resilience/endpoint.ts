import { SubgraphTimeout, SubgraphUnavailable } from "@tareas/service-kit/errors";
import type { Log } from "@tareas/service-kit/log";
import { BrokenCircuitError, type CircuitBreakerPolicy, CircuitState, circuitBreaker, handleType } from "cockatiel";
import { AttemptFailed, CallCancelled, type CallSubgraph } from "../call.ts";
import { type BreakerLimits, QuietBreaker } from "./quiet-breaker.ts";

/** What a circuit breaker says of an endpoint. */
export type EndpointState = "closed" | "half-open" | "open";

export interface EndpointOptions {
  readonly url: URL;
  /** Sends one request there. */
  readonly call: CallSubgraph;
  /** Whether it answers a trivial question now. */
  readonly isReachable: () => Promise<boolean>;
  readonly breaker: BreakerLimits;
  readonly log: Log;
}

/** For so long, one that is about to end is not sent what another can take: it may be gone, and its successor not be there yet. */
const leavingMs = 2_000;
/** How often one that does not answer is asked again whether it does. */
const probeEveryMs = 200;

/** The call that was to show whether an endpoint works again was cancelled: it showed nothing. */
class TrialCancelled extends CallCancelled {}

/**
 * One address of a subgraph, with a circuit breaker: while that is open, the address is left out. An open breaker asks by
 * itself whether the address answers at all, so that no call of a client is spent on one that does not; then one call tries.
 * (M. Nygard, Release It!, ch. 5)
 */
export class Endpoint {
  readonly url: URL;
  readonly #options: EndpointOptions;
  readonly #breaker: CircuitBreakerPolicy;
  readonly #opening: QuietBreaker;
  #probing: ReturnType<typeof setTimeout> | undefined;
  #answersAgain = false;
  #reluctantUntil = 0;
  #inFlight = 0;

  constructor(options: EndpointOptions) {
    const { url, breaker, log } = options;
    this.url = url;
    this.#options = options;
    this.#opening = new QuietBreaker(breaker.failures);
    // An answer with GraphQL errors is an answer. A call that was cancelled is neither a failure nor a success; after one
    // that was to try, the breaker stays open.
    const failures = handleType(SubgraphUnavailable).orType(SubgraphTimeout).orType(TrialCancelled);
    this.#breaker = circuitBreaker(failures, {
      halfOpenAfter: 0, // when is decided here
      breaker: this.#opening,
    });
    this.#breaker.onBreak(() => {
      log.warn({ endpoint: url.href, failures: this.#opening.state }, "the endpoint is left out: its calls fail");
      this.#probeLater(breaker.openMs);
    });
    this.#breaker.onReset(() => log.info({ endpoint: url.href }, "the endpoint is used again"));
  }

  get state(): EndpointState {
    const { state } = this.#breaker;
    return state === CircuitState.Closed ? "closed" : state === CircuitState.HalfOpen ? "half-open" : "open";
  }

  /** How many calls are on their way. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether a call would be sent now. */
  get isUsable(): boolean {
    return this.state === "closed" || (this.state === "open" && this.#answersAgain);
  }

  /** Whether it said lately that it has too much to do, or is about to end: another is the better choice. */
  get isReluctant(): boolean {
    return performance.now() < this.#reluctantUntil;
  }

  readonly call: CallSubgraph = async (request, cancellation) => {
    this.#inFlight += 1;
    const send = this.state === "closed" ? this.#timed : this.#try;
    try {
      const response = await this.#breaker.execute(() => send(request, cancellation));
      const { refusedForSeconds = 0, isLeaving = false } = response;
      const reluctantMs = Math.max(refusedForSeconds * 1_000, isLeaving ? leavingMs : 0);
      if (reluctantMs > 0) this.#reluctantUntil = performance.now() + reluctantMs;
      return response;
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new AttemptFailed(request.subgraph, { wasSent: false });
      throw error;
    } finally {
      this.#inFlight -= 1;
    }
  };

  readonly #timed: CallSubgraph = async (request, cancellation) => {
    const startedAt = performance.now();
    try {
      return await this.#options.call(request, cancellation);
    } catch (error) {
      this.#opening.took(performance.now() - startedAt);
      throw error;
    }
  };

  readonly #try: CallSubgraph = async (request, cancellation) => {
    try {
      return await this.#options.call(request, cancellation);
    } catch (error) {
      throw error instanceof CallCancelled ? new TrialCancelled() : error;
    }
  };

  readonly close = (): void => {
    clearTimeout(this.#probing);
  };

  #probeLater(afterMs: number): void {
    clearTimeout(this.#probing);
    this.#answersAgain = false;
    this.#probing = setTimeout(() => void this.#probe(), afterMs).unref();
  }

  async #probe(): Promise<void> {
    const isReachable = await this.#options.isReachable();
    if (this.state !== "open") return;
    if (isReachable) this.#answersAgain = true;
    else this.#probeLater(Math.min(probeEveryMs, this.#options.breaker.openMs));
  }
}
