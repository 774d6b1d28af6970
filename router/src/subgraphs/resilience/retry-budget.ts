/**
 * How many retries are in proportion: each call adds a share of one, and each retry takes one. What is saved up is bounded,
 * so that a long quiet time does not allow for a storm. (Google, Site Reliability Engineering, ch. 22; Finagle's RetryBudget)
 */
export class RetryBudget {
  readonly #share: number;
  readonly #most: number;
  #saved: number;

  /** `share`: retries per call, 0.2 for one in five; `reserve`: what can be saved up, and is there at the start. */
  constructor(share: number, reserve = 50) {
    this.#share = share;
    this.#most = share > 0 ? reserve : 0;
    this.#saved = this.#most;
  }

  /** A call is made. */
  add(): void {
    this.#saved = Math.min(this.#most, this.#saved + this.#share);
  }

  /** Whether there may be one more retry; it is taken then. */
  take(): boolean {
    // Shares like 0.2 do not sum up exactly.
    if (this.#saved < 1 - 1e-9) return false;
    this.#saved -= 1;
    return true;
  }
}
