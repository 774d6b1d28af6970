import { InMemoryCache } from "@apollo/client";
import { IndexedDbQueueStore, LocalDatabase } from "../../src/features/sync/indexed-db-store.ts";
import { keepDone } from "../../src/features/sync/overlay.ts";
import type { DoneWrite, QueueStore, StoredQueue } from "../../src/features/sync/queue-store.ts";
import { ShownWrites } from "../../src/features/sync/shown-writes.ts";
import { Snapshot } from "../../src/features/sync/snapshot.ts";
import { TaskCache } from "../../src/features/sync/task-cache.ts";
import { taskPages } from "../../src/features/sync/task-pages.ts";
import { sendBy } from "../../src/features/sync/transport.ts";
import { WriteQueue } from "../../src/features/sync/write-queue.ts";

/** What becomes of a request: answered, never sent, sent but its answer lost, or answered by something in between. */
export const fates = ["answered", "cut", "lost", "garbled"] as const;
/** Or the server fails at it. */
export type Fate = (typeof fates)[number] | "failed";

const internal = "INTERNAL_SERVER_ERROR";

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A network that does to each request what it is told to, and lets all through when it has been told nothing more. */
export class Network {
  readonly #fetch: Fetch;
  readonly #fates: Fate[] = [];
  readonly suffered = new Map<Fate, number>();

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  willDo(fates: readonly Fate[]): void {
    this.#fates.push(...fates);
  }

  readonly fetch: Fetch = async (url, init) => {
    const fate = this.#fates.shift() ?? "answered";
    this.suffered.set(fate, (this.suffered.get(fate) ?? 0) + 1);
    if (fate === "cut") throw new TypeError("fetch failed");
    if (fate === "failed") return Response.json({ errors: [{ message: "", extensions: { code: internal } }] });
    const response = await this.#fetch(url, init);
    if (fate === "answered") return response;
    await response.body?.cancel();
    if (fate === "lost") throw new TypeError("terminated");
    return new Response("<html>Bad Gateway</html>", { status: 502, headers: { "content-type": "text/html" } });
  };
}

/** One at a time, as Web Locks have it: a holder that is killed lets go. */
class Lock {
  #last: Promise<unknown> = Promise.resolve();

  take(work: () => Promise<void>, killed: Promise<void>): Promise<void> {
    const turn = this.#last.then(() => Promise.race([work(), killed]));
    this.#last = turn.catch(() => {});
    return turn;
  }
}

/** A tab of the app: its queue, its cache and what it shows. Once killed, nothing of it goes on, wherever it was. */
export class Tab {
  readonly cache = new InMemoryCache({ typePolicies: { Query: { fields: { tasks: taskPages() } } } });
  readonly shown = new ShownWrites(this.cache);
  readonly snapshot: Snapshot;
  readonly queue: WriteQueue;
  readonly #restored: Promise<StoredQueue>;
  readonly #kill: () => void;
  #isKilled = false;

  private constructor(device: Device) {
    const { database } = device;
    const { promise: killed, resolve } = Promise.withResolvers<void>();
    this.#kill = resolve;
    this.snapshot = new Snapshot(this.cache, database, device.ownerId);
    const store = new IndexedDbQueueStore(database, device.ownerId);
    this.#restored = database
      .reading()
      .then((reading) => Promise.all([store.read(reading), this.snapshot.restore(reading)]))
      .then(([stored]) => stored);
    this.queue = new WriteQueue({
      store: this.#mortal<QueueStore>(store),
      send: sendBy(this.#mortal({ fetch: device.network.fetch }).fetch, device.url),
      exclusively: (work) => device.lock.take(work, killed),
      onDone: ({ id, write, done }) => {
        this.cache.batch({ optimistic: false, update: (cache) => keepDone(cache, write, done) });
        this.snapshot.holds(id);
      },
      onStored: (done) => {
        for (const tab of device.tabs) if (tab !== this) void tab.#restored.then(() => tab.#hear(done));
      },
      retryMs: { first: 1, most: 4 },
    });
    this.queue.subscribe(() => this.shown.show(this.queue.state().entries));
  }

  static async open(device: Device): Promise<Tab> {
    const tab = new Tab(device);
    device.tabs.add(tab);
    tab.queue.open(await tab.#restored);
    return tab;
  }

  /** What this tab shows. */
  get tasks(): TaskCache {
    return new TaskCache(this.cache);
  }

  #hear(done: DoneWrite | undefined): void {
    if (this.#isKilled) return;
    if (done) this.queue.tell(done);
    void this.queue.refresh();
  }

  /** As the browser does when it is closed: in the middle of everything. What was being stored may be or not. */
  kill(device: Device): void {
    this.#isKilled = true;
    device.tabs.delete(this);
    this.queue.close();
    this.snapshot.close();
    this.#kill();
  }

  /** The same object, whose promises never resolve once the tab is killed. */
  #mortal<T extends object>(of: T): T {
    return new Proxy(of, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]) => {
          if (this.#isKilled) return new Promise(() => {});
          const outcome = await Promise.allSettled([method.apply(target, args)]);
          if (this.#isKilled) return new Promise(() => {});
          const [result] = outcome;
          if (result?.status === "rejected") throw result.reason;
          return result?.value;
        };
      },
    });
  }
}

/** A browser of one person: its disk, its network and its tabs. */
export class Device {
  readonly url: string;
  readonly ownerId: string;
  readonly network: Network;
  readonly database: LocalDatabase;
  readonly lock = new Lock();
  readonly tabs = new Set<Tab>();

  constructor(url: string, ownerId: string, fetch: Fetch) {
    this.url = url;
    this.ownerId = ownerId;
    this.network = new Network(fetch);
    this.database = new LocalDatabase(`device-${crypto.randomUUID()}`);
  }

  /** Resolves when nothing waits any more, or only for its person. */
  async settled(queue: WriteQueue): Promise<void> {
    await queue.stored();
    await new Promise<void>((resolve) => {
      const look = () => {
        const { entries, phase } = queue.state();
        const isDone = phase === "idle" && (entries.length === 0 || entries.some(({ problem }) => problem !== null));
        if (isDone) resolve();
        return isDone;
      };
      if (look()) return;
      const stop = queue.subscribe(() => look() && stop());
      queue.wake();
    });
  }

  async close(): Promise<void> {
    for (const tab of this.tabs) tab.kill(this);
    await this.database.close();
  }
}
