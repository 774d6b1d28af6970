import type { ApolloCache } from "@apollo/client";
import type { LocalDatabase, Reading } from "./indexed-db-store.ts";

const saveAfterMs = 200;
/** Of the time, how much may go into saving when there is much to save. */
const share = 1 / 30;
const staleAfterDays = 2;
const dayMs = 24 * 60 * 60 * 1_000;

/** Keeps what the server said on disk, for a start without a network: not at once, and not while there is more to do. */
export class Snapshot {
  readonly #cache: ApolloCache;
  readonly #database: LocalDatabase;
  readonly #ownerId: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasNews = false;
  #isClosed = false;
  /** Writes that are done and in the cache, and on disk by themselves until the cache is. */
  #held: string[] = [];
  #tookMs = 0;

  constructor(cache: ApolloCache, database: LocalDatabase, ownerId: string) {
    this.#cache = cache;
    this.#database = database;
    this.#ownerId = ownerId;
  }

  /** What is on disk into the cache. What can't be read is asked for anew. */
  async restore(reading: Reading): Promise<void> {
    const text = await reading.objectStore("snapshots").get(this.#ownerId);
    if (text === undefined) return;
    try {
      this.#cache.restore(JSON.parse(text));
      this.#dropPassing();
    } catch {
      await this.#cache.reset();
    }
    this.#cache.gc();
  }

  /** The cache has what a write has done. */
  holds(id: string): void {
    this.#held.push(id);
    this.changed();
  }

  /** There is something new to keep. */
  readonly changed = (): void => {
    this.#hasNews = true;
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(
      () => {
        if ("requestIdleCallback" in globalThis) requestIdleCallback(() => void this.save(), { timeout: 5_000 });
        else void this.save();
      },
      Math.max(saveAfterMs, this.#tookMs / share),
    );
  };

  /** Now, because the page may not be back; if there is something new. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#hasNews || this.#isClosed) return;
    this.#hasNews = false;
    const begin = performance.now();
    const text = JSON.stringify(this.#cache.extract(false));
    this.#tookMs = performance.now() - begin;
    const held = this.#held.splice(0);
    try {
      await this.#put(text, held);
    } catch {
      // A full disk, say: what is done stays there by itself, and the next news is another try.
      this.#held.unshift(...held);
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #put(text: string, held: readonly string[]): Promise<void> {
    const transaction = (await this.#database.connection()).transaction(["snapshots", "done"], "readwrite");
    const done = transaction.objectStore("done");
    await Promise.all([
      transaction.objectStore("snapshots").put(text, this.#ownerId),
      ...held.map((id) => done.delete(id)),
      transaction.done,
    ]);
  }

  /** What was searched for, and the days of days ago. */
  #dropPassing(): void {
    const oldest = new Date(Date.now() - staleAfterDays * dayMs).toISOString().slice(0, 10);
    this.#cache.modify({
      fields: {
        tasks: (page, { storeFieldName, DELETE }) => {
          const days = [...storeFieldName.matchAll(/"due(?:From|To)":"([^"]+)"/g)].map(([, day = ""]) => day);
          const isPassing = storeFieldName.includes('"text":') || days.some((day) => day < oldest);
          return isPassing ? DELETE : page;
        },
      },
    });
  }
}
