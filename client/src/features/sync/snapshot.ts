import type { ApolloCache } from "@apollo/client";
import type { Database } from "./indexed-db-store.ts";

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
  #tookMs = 0;

  constructor(cache: ApolloCache, database: Database, ownerId: string) {
    this.#cache = cache;
    this.#database = database;
    this.#ownerId = ownerId;
  }

  async restore(): Promise<void> {
    const text = await this.#database.get("snapshots", this.#ownerId);
    if (text === undefined) return;
    this.#cache.restore(JSON.parse(text));
    this.#dropPassing();
    this.#cache.gc();
  }

  /** There is something new to keep. */
  readonly changed = (): void => {
    this.#hasNews = true;
    this.#timer ??= setTimeout(
      () => {
        if ("requestIdleCallback" in window) requestIdleCallback(() => void this.save(), { timeout: 5_000 });
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
    await this.#database.put("snapshots", text, this.#ownerId);
  }

  close(): void {
    clearTimeout(this.#timer);
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
