import type { ApolloCache } from "@apollo/client";
import type { Database, Reading } from "./indexed-db-store.ts";

const saveAfterMs = 200;
/** Of the time, how much may go into saving when there is much to save. */
const share = 1 / 30;
const staleAfterDays = 2;
const dayMs = 24 * 60 * 60 * 1_000;

/** Keeps what the server said on disk, for a start without a network: not at once, and not while there is more to do. */
export class Snapshot {
  readonly #cache: ApolloCache;
  readonly #database: Database;
  readonly #ownerId: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasNews = false;
  /** Writes that are done and in the cache, and on disk by themselves until the cache is. */
  #held: string[] = [];
  #tookMs = 0;

  constructor(cache: ApolloCache, database: Database, ownerId: string) {
    this.#cache = cache;
    this.#database = database;
    this.#ownerId = ownerId;
  }

  async restore(reading: Reading): Promise<void> {
    const text = await reading.objectStore("snapshots").get(this.#ownerId);
    if (text === undefined) return;
    this.#cache.restore(JSON.parse(text));
    this.#dropPassing();
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
    if (!this.#hasNews) return;
    this.#hasNews = false;
    const begin = performance.now();
    const text = JSON.stringify(this.#cache.extract(false));
    this.#tookMs = performance.now() - begin;
    const held = this.#held.splice(0);
    await this.#change((done) => held.map((id) => done.delete(id)), text);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** Removes it from the disk. */
  async forget(): Promise<void> {
    const kept = await this.#database.getAllKeysFromIndex("done", "ownerId", this.#ownerId);
    await this.#change((done) => kept.map((id) => done.delete(id)));
  }

  async #change(
    remove: (done: { delete: (id: string) => Promise<void> }) => Promise<void>[],
    text?: string,
  ): Promise<void> {
    const transaction = this.#database.transaction(["snapshots", "done"], "readwrite");
    const snapshots = transaction.objectStore("snapshots");
    const change = text === undefined ? snapshots.delete(this.#ownerId) : snapshots.put(text, this.#ownerId);
    await Promise.all([change, ...remove(transaction.objectStore("done")), transaction.done]);
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
