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

type Connection = IDBPDatabase<Schema>;
type StoreName = "queue" | "done" | "snapshots";
/** All of the database as it is at one moment. */
export type Reading = IDBPTransaction<Schema, StoreName[], "readonly">;

/**
 * The database of this app on this device. It is opened when it is needed, and again when the browser has closed it, as
 * some do with pages in the background.
 */
export class LocalDatabase {
  readonly #name: string;
  #opening: Promise<Connection> | undefined;

  constructor(name = "tareas") {
    this.#name = name;
  }

  connection(): Promise<Connection> {
    this.#opening ??= this.#open().catch((error) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async reading(): Promise<Reading> {
    return (await this.connection()).transaction(["queue", "done", "snapshots"]);
  }

  /** Deletes what was shown to a person, and with `queue: true` what they have not sent, too. */
  async forget(ownerId: string, { queue }: { readonly queue: boolean }): Promise<void> {
    const transaction = (await this.connection()).transaction(["queue", "done", "snapshots"], "readwrite");
    await transaction.objectStore("snapshots").delete(ownerId);
    for (const name of queue ? (["done", "queue"] as const) : (["done"] as const))
      for await (const cursor of transaction.objectStore(name).index("ownerId").iterate(ownerId)) await cursor.delete();
    await transaction.done;
  }

  async close(): Promise<void> {
    (await this.#opening)?.close();
  }

  #open(): Promise<Connection> {
    return openDB<Schema>(this.#name, 2, {
      upgrade(database, from) {
        if (from < 1) {
          database.createObjectStore("queue", { autoIncrement: true }).createIndex("ownerId", "ownerId");
          database.createObjectStore("snapshots");
        }
        if (from < 2) database.createObjectStore("done", { keyPath: "id" }).createIndex("ownerId", "ownerId");
      },
      // A later version of the app in another tab: it has to get through.
      blocking: (_current, _blocked, event) => {
        this.#opening = undefined;
        (event.target as IDBDatabase).close();
      },
      terminated: () => {
        this.#opening = undefined;
      },
    });
  }
}

/** The queue of one person. */
export class IndexedDbQueueStore implements QueueStore {
  readonly #database: LocalDatabase;
  readonly #ownerId: string;

  constructor(database: LocalDatabase, ownerId: string) {
    this.#database = database;
    this.#ownerId = ownerId;
  }

  async read(reading?: Reading) {
    const at = reading ?? (await this.#database.reading());
    const [waiting, done] = await Promise.all([
      at.objectStore("queue").index("ownerId").getAll(this.#ownerId),
      at.objectStore("done").index("ownerId").getAll(this.#ownerId),
    ]);
    return { waiting, done: done.toSorted((a, b) => a.at - b.at) };
  }

  async add(entry: QueuedWrite): Promise<void> {
    const add = async () => {
      const transaction = await this.#writing(["queue"]);
      await Promise.all([transaction.objectStore("queue").add({ ...entry, ownerId: this.#ownerId }), transaction.done]);
    };
    try {
      await add();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "QuotaExceededError") throw error;
      // What can be asked for again makes room for what can't.
      await this.#database.forget(this.#ownerId, { queue: false });
      await add();
    }
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

  async #each(change: (entry: QueuedWrite) => QueuedWrite | undefined, done?: DoneWrite): Promise<void> {
    const transaction = await this.#writing(["queue", "done"]);
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

  /** It is on disk, and not only on its way there, when the transaction is done. */
  async #writing(names: StoreName[]) {
    return (await this.#database.connection()).transaction(names, "readwrite", { durability: "strict" });
  }
}
