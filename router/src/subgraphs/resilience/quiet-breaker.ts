import { CircuitState, type IBreaker } from "cockatiel";

export interface BreakerLimits {
  /** How many calls have to fail in a row; 0: the breaker never opens. */
  readonly failures: number;
  /** How long an open breaker lets nothing through before it lets one call try. */
  readonly openMs: number;
}

/** For so long nothing has to have gone well, and for so long at most. */
const quietMs = { least: 250, most: 1_000 };

/**
 * When a circuit breaker opens: after some failures in a row, if nothing has gone well for a moment either. Where every
 * third call fails, five in a row do so every few seconds at a good rate of calls, and to stop then would make it worse.
 * The moment is as long as the call took that failed: calls that were sent together time out together, and tell of a time
 * that may be over. A subgraph that has just been started, and has many to answer, is slow and not hung.
 */
export class QuietBreaker implements IBreaker {
  readonly #failures: number;
  readonly #now: () => number;
  #inARow = 0;
  #tookMs = 0;
  #lastSuccessAt = Number.NEGATIVE_INFINITY;

  constructor(failures: number, now: () => number = () => performance.now()) {
    this.#failures = failures;
    this.#now = now;
  }

  get state(): number {
    return this.#inARow;
  }

  set state(value: unknown) {
    this.#inARow = Number(value);
  }

  /** How long the call took whose failure comes next. */
  took(ms: number): void {
    this.#tookMs = ms;
  }

  success(): void {
    this.#inARow = 0;
    this.#lastSuccessAt = this.#now();
  }

  failure(state: CircuitState): boolean {
    this.#inARow += 1;
    if (state === CircuitState.HalfOpen) return true;
    const longEnoughMs = Math.min(Math.max(this.#tookMs, quietMs.least), quietMs.most);
    return this.#failures > 0 && this.#inARow >= this.#failures && this.#now() - this.#lastSuccessAt >= longEnoughMs;
  }
}
