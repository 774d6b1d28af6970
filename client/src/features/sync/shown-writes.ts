import type { ApolloCache } from "@apollo/client";
import { showWrite } from "./overlay.ts";
import type { QueuedWrite } from "./queue-store.ts";
import type { Write } from "./write.ts";

const rebuildAfterMs = 50;
/** Of the time, how much may go into laying layers again when there is much to lay. */
const share = 1 / 4;

/**
 * Shows queued writes in a cache, as optimistic layers above what the server said. A new one goes on top at once; soon
 * after others have left, or the server has said something new, all are laid again. (Layers of one id leave together: laying each
 * under an id of its own would lay those above again for every one that leaves.)
 */
export class ShownWrites {
  readonly #cache: ApolloCache;
  #shown: readonly QueuedWrite[] = [];
  #wanted: readonly QueuedWrite[] = [];
  #generation = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tookMs = 0;
  #lastMs = 0;

  constructor(cache: ApolloCache) {
    this.#cache = cache;
  }

  show(entries: readonly QueuedWrite[]): void {
    this.#wanted = entries;
    const known = new Set(this.#shown.map(({ id }) => id));
    const added = entries.filter(({ id }) => !known.has(id));
    this.#shown = [...this.#shown, ...added];
    for (const { write } of added)
      this.#cache.recordOptimisticTransaction((cache) => this.#lay(cache, write), this.#layer());
    const isRight = this.#shown.length === entries.length && this.#shown.every((one, at) => isSame(one, entries[at]));
    if (!isRight) this.rebuild();
  }

  /** Soon, and once for many reasons. */
  rebuild(): void {
    if (this.#shown.length === 0 && this.#wanted.length === 0) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#rebuildNow();
      },
      Math.max(rebuildAfterMs, this.#tookMs / share),
    );
  }

  #rebuildNow(): void {
    const begin = performance.now();
    const entries = this.#wanted;
    const removeOptimistic = this.#layer();
    this.#generation += 1;
    this.#lastMs = 0;
    this.#cache.batch({
      optimistic: this.#layer(),
      removeOptimistic,
      update: (cache) => {
        for (const { write } of entries) this.#lay(cache, write);
      },
    });
    this.#shown = entries;
    this.#tookMs = performance.now() - begin;
  }

  /** On top of all before: by the clock too, which may stand still while many are laid. */
  #lay(cache: ApolloCache, write: Write): void {
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    showWrite(cache, write, new Date(this.#lastMs).toISOString());
  }

  #layer = () => `queued:${this.#generation}`;
}

// What comes from the disk is never the same object.
const isSame = (a: QueuedWrite, b: QueuedWrite | undefined) =>
  a.id === b?.id && (a.write === b.write || JSON.stringify(a.write) === JSON.stringify(b.write));
