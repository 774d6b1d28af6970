export interface BackOffOptions {
  firstMs: number;
  maxMs: number;
  /** A life at least this long starts the series again. */
  resetAfterMs: number;
}

export const defaultBackOff: BackOffOptions = { firstMs: 200, maxMs: 10_000, resetAfterMs: 30_000 };

/** Delays before a restart: `firstMs`, doubling up to `maxMs`. */
export class BackOff {
  readonly #options: BackOffOptions;
  #nextMs: number;

  constructor(options: BackOffOptions = defaultBackOff) {
    this.#options = options;
    this.#nextMs = options.firstMs;
  }

  /** The delay in ms after a process that was alive for `aliveMs`. */
  next(aliveMs: number): number {
    if (aliveMs >= this.#options.resetAfterMs) this.#nextMs = this.#options.firstMs;
    const delayMs = this.#nextMs;
    this.#nextMs = Math.min(delayMs * 2, this.#options.maxMs);
    return delayMs;
  }
}
