import { InMemoryCache } from "@apollo/client";
import type { Done } from "../../src/features/sync/deliver.ts";
import { IndexedDbQueueStore, openDatabase } from "../../src/features/sync/indexed-db-store.ts";
import { keepDone } from "../../src/features/sync/overlay.ts";
import type { QueueStore } from "../../src/features/sync/queue-store.ts";
import { ShownWrites } from "../../src/features/sync/shown-writes.ts";
import { TaskCache } from "../../src/features/sync/task-cache.ts";
import { taskPages } from "../../src/features/sync/task-pages.ts";
import { sendBy } from "../../src/features/sync/transport.ts";
import type { Write } from "../../src/features/sync/write.ts";
import { WriteQueue } from "../../src/features/sync/write-queue.ts";

/** What becomes of a request: answered, never sent, sent but its answer lost, or answered by something in between. */
export type Fate = "answered" | "cut" | "lost" | "garbled";
export const fates: readonly Fate[] = ["answered", "cut", "lost", "garbled"];

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
  readonly queue: WriteQueue;
  readonly #kill: () => void;
  #isKilled = false;

  private constructor(device: Device, store: QueueStore) {
    const { promise: killed, resolve } = Promise.withResolvers<void>();
    this.#kill = resolve;
    this.cache.restore(structuredClone(device.snapshot));
    this.queue = new WriteQueue({
      store: this.#mortal(store),
      send: sendBy(this.#mortal({ fetch: device.network.fetch }).fetch, device.url),
      exclusively: (work) => device.lock.take(work, killed),
      onDone: (write, done) => {
        this.keep(write, done);
        for (const tab of device.tabs) if (tab !== this) tab.keep(write, done);
        device.snapshot = this.cache.extract(false);
      },
      onStored: () => {
        for (const tab of device.tabs) if (tab !== this) void tab.queue.refresh();
      },
      retryMs: { first: 1, most: 4 },
    });
    this.queue.subscribe(() => this.shown.show(this.queue.state().entries));
  }

  static async open(device: Device): Promise<Tab> {
    const tab = new Tab(device, new IndexedDbQueueStore(await device.database, device.ownerId));
    device.tabs.add(tab);
    await tab.queue.open();
    return tab;
  }

  /** What this tab shows. */
  get tasks(): TaskCache {
    return new TaskCache(this.cache);
  }

  keep(write: Write, done: Done): void {
    this.cache.batch({ optimistic: false, update: (cache) => keepDone(cache, write, done) });
  }

  /** As the browser does when it is closed: in the middle of everything. What was being stored may be or not. */
  kill(device: Device): void {
    this.#isKilled = true;
    device.tabs.delete(this);
    this.queue.close();
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
  readonly database: ReturnType<typeof openDatabase>;
  readonly lock = new Lock();
  readonly tabs = new Set<Tab>();
  /** What the tabs saw of the server last, as it is kept on disk. */
  snapshot: ReturnType<InMemoryCache["extract"]> = {};

  constructor(url: string, ownerId: string, fetch: Fetch) {
    this.url = url;
    this.ownerId = ownerId;
    this.network = new Network(fetch);
    this.database = openDatabase(`device-${crypto.randomUUID()}`);
  }

  /** Resolves when nothing waits any more, or only for its person. */
  async settled(tab: Tab): Promise<void> {
    await tab.queue.stored();
    await new Promise<void>((resolve) => {
      const look = () => {
        const { entries, phase } = tab.queue.state();
        const isDone = phase === "idle" && (entries.length === 0 || entries.some(({ problem }) => problem !== null));
        if (isDone) resolve();
        return isDone;
      };
      if (look()) return;
      const stop = tab.queue.subscribe(() => look() && stop());
      tab.queue.wake();
    });
  }

  async close(): Promise<void> {
    for (const tab of this.tabs) tab.kill(this);
    (await this.database).close();
  }
}
