import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { QueuedWrite, QueueStore } from "./queue-store.ts";

interface Schema extends DBSchema {
  /** What waits to be sent, by the order in which it was done. */
  queue: { key: number; value: QueuedWrite & { readonly ownerId: string }; indexes: { ownerId: string } };
  /** What each person saw last, as text: the cache of Apollo Client. */
  snapshots: { key: string; value: string };
}
export type Database = IDBPDatabase<Schema>;

/** Opens what this browser keeps for the app. */
export const openDatabase = (name = "tareas"): Promise<Database> =>
  openDB<Schema>(name, 1, {
    upgrade(database) {
      database.createObjectStore("queue", { autoIncrement: true }).createIndex("ownerId", "ownerId");
      database.createObjectStore("snapshots");
    },
    // A later version of the app in another tab: it has to get through.
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
  });

/** The queue of one person. */
export class IndexedDbQueueStore implements QueueStore {
  readonly #database: Database;
  readonly #ownerId: string;

  constructor(database: Database, ownerId: string) {
    this.#database = database;
    this.#ownerId = ownerId;
  }

  async all(): Promise<QueuedWrite[]> {
    return this.#database.getAllFromIndex("queue", "ownerId", this.#ownerId);
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

  async settle(id: string, rest: (entry: QueuedWrite) => QueuedWrite): Promise<void> {
    await this.#each((entry) => (entry.id === id ? undefined : rest(entry)));
  }

  async clear(): Promise<void> {
    await this.#each(() => undefined);
  }

  async #each(change: (entry: QueuedWrite) => QueuedWrite | undefined): Promise<void> {
    const transaction = this.#database.transaction("queue", "readwrite", { durability: "strict" });
    const cursors = transaction.store.index("ownerId").iterate(this.#ownerId);
    for await (const cursor of cursors) {
      const entry = cursor.value;
      const changed = change(entry);
      if (changed === undefined) await cursor.delete();
      else if (changed !== entry) await cursor.update({ ...changed, ownerId: this.#ownerId });
    }
    await transaction.done;
  }
}
