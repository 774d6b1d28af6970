import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { DoneWrite, QueuedWrite, QueueStore } from "./queue-store.ts";

interface Schema extends DBSchema {
  /** What waits to be sent, by the order in which it was done. */
  queue: { key: number; value: QueuedWrite & { readonly ownerId: string }; indexes: { ownerId: string } };
  /** What left the queue after the snapshot was taken. */
  done: { key: string; value: DoneWrite & { readonly ownerId: string }; indexes: { ownerId: string } };
  /** What each person saw last, as text: the cache of Apollo Client. */
  snapshots: { key: string; value: string };
}
export type Database = IDBPDatabase<Schema>;
/** All of the database as it is at one moment. */
export type Reading = IDBPTransaction<Schema, ("queue" | "done" | "snapshots")[], "readonly">;

/** Opens what this browser keeps for the app. */
export const openDatabase = (name = "tareas"): Promise<Database> =>
  openDB<Schema>(name, 2, {
    upgrade(database, from) {
      if (from < 1) {
        database.createObjectStore("queue", { autoIncrement: true }).createIndex("ownerId", "ownerId");
        database.createObjectStore("snapshots");
      }
      if (from < 2) database.createObjectStore("done", { keyPath: "id" }).createIndex("ownerId", "ownerId");
    },
    // A later version of the app in another tab: it has to get through.
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
  });

/** The queue of one person. */
export const readingOf = (database: Database): Reading => database.transaction(["queue", "done", "snapshots"]);

export class IndexedDbQueueStore implements QueueStore {
  readonly #database: Database;
  readonly #ownerId: string;

  constructor(database: Database, ownerId: string) {
    this.#database = database;
    this.#ownerId = ownerId;
  }

  async read(reading = readingOf(this.#database)) {
    const [waiting, done] = await Promise.all([
      reading.objectStore("queue").index("ownerId").getAll(this.#ownerId),
      reading.objectStore("done").index("ownerId").getAll(this.#ownerId),
    ]);
    return { waiting, done: done.toSorted((a, b) => a.at - b.at) };
  }

  async add(entry: QueuedWrite): Promise<void> {
    await this.#database.add("queue", { ...entry, ownerId: this.#ownerId });
  }

  async change(id: string, change: (entry: QueuedWrite) => QueuedWrite | undefined) {
    let left: QueuedWrite | undefined;
    await this.#each((entry) => {
      if (entry.id !== id) return entry;
      left = change(entry);
      return left;
    });
    return left;
  }

  async settle(done: DoneWrite, rest: (entry: QueuedWrite) => QueuedWrite): Promise<void> {
    await this.#each((entry) => (entry.id === done.id ? undefined : rest(entry)), done);
  }

  async clear(): Promise<void> {
    await this.#each(() => undefined);
  }

  async #each(change: (entry: QueuedWrite) => QueuedWrite | undefined, done?: DoneWrite): Promise<void> {
    const transaction = this.#database.transaction(["queue", "done"], "readwrite", { durability: "strict" });
    if (done) await transaction.objectStore("done").put({ ...done, ownerId: this.#ownerId });
    const cursors = transaction.objectStore("queue").index("ownerId").iterate(this.#ownerId);
    for await (const cursor of cursors) {
      const entry = cursor.value;
      const changed = change(entry);
      if (changed === undefined) await cursor.delete();
      else if (changed !== entry) await cursor.update({ ...changed, ownerId: this.#ownerId });
    }
    await transaction.done;
  }
}
