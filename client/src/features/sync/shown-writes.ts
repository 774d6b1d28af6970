import type { ApolloCache } from "@apollo/client";
import { showWrite } from "./overlay.ts";
import type { QueuedWrite } from "./queue-store.ts";

const rebuildAfterMs = 50;
/** Of the time, how much may go into laying layers again when there is much to lay. */
const share = 1 / 4;

/**
 * Shows queued writes in a cache, as optimistic layers above what the server said. A new one goes on top at once; when
 * others leave, or the server says something new, all are laid again. (Layers of one id leave together: laying each
 * under an id of its own would lay those above again for every one that leaves.)
 */
export class ShownWrites {
  readonly #cache: ApolloCache;
  #shown: readonly QueuedWrite[] = [];
  #wanted: readonly QueuedWrite[] = [];
  #generation = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tookMs = 0;

  constructor(cache: ApolloCache) {
    this.#cache = cache;
  }

  show(entries: readonly QueuedWrite[]): void {
    this.#wanted = entries;
    if (!this.#shown.every((entry, i) => isSame(entry, entries[i]))) {
      this.rebuild();
      return;
    }
    const added = entries.slice(this.#shown.length);
    this.#shown = entries;
    for (const { write } of added)
      this.#cache.recordOptimisticTransaction((cache) => showWrite(cache, write), this.#layer());
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
    this.#cache.batch({
      optimistic: this.#layer(),
      removeOptimistic,
      update: (cache) => {
        for (const { write } of entries) showWrite(cache, write);
      },
    });
    this.#shown = entries;
    this.#tookMs = performance.now() - begin;
  }

  #layer = () => `queued:${this.#generation}`;
}

// What comes from the disk is never the same object.
const isSame = (a: QueuedWrite, b: QueuedWrite | undefined) =>
  a.id === b?.id && (a.write === b.write || JSON.stringify(a.write) === JSON.stringify(b.write));
