interface Mark {
  readonly atMs: number;
  readonly count: number;
}

const marks = 5;

/** How fast requests leave, over the last few times that one asked. */
export class LeavingRate {
  readonly #marks: Mark[] = [];
  #count = 0;

  /** One has left. */
  count(): void {
    this.#count += 1;
  }

  /** How many leave in a millisecond; 0 the first time. */
  perMs(nowMs: number): number {
    const first = this.#marks[0] ?? { atMs: nowMs, count: this.#count };
    this.#marks.push({ atMs: nowMs, count: this.#count });
    if (this.#marks.length > marks) this.#marks.shift();
    return nowMs > first.atMs ? (this.#count - first.count) / (nowMs - first.atMs) : 0;
  }
}
