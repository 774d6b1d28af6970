/** The last `capacity` lines of something that goes on for ever. */
export class LineRing {
  readonly #capacity: number;
  #lines: string[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(line: string): void {
    this.#lines.push(line);
    // Cut in large steps: an array that is shifted for every line costs a move of all of them.
    if (this.#lines.length >= this.#capacity * 2) this.#lines = this.#lines.slice(-this.#capacity);
  }

  toArray(): string[] {
    return this.#lines.slice(-this.#capacity);
  }
}
