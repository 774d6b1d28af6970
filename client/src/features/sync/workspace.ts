import type { ApolloClient } from "@apollo/client";
import type { Session, SignedInUser } from "../session/session.ts";
import { createApollo } from "./apollo.ts";
import { IndexedDbQueueStore, openDatabase, readingOf } from "./indexed-db-store.ts";
import { keepDone } from "./overlay.ts";
import type { DoneWrite } from "./queue-store.ts";
import { ShownWrites } from "./shown-writes.ts";
import { Snapshot } from "./snapshot.ts";
import { SessionEnded, sendBy } from "./transport.ts";
import { WriteQueue } from "./write-queue.ts";

/** All that the app keeps of one person on this device. */
export interface Workspace {
  readonly ownerId: string;
  readonly apollo: ApolloClient;
  readonly queue: WriteQueue;
  /** Shows the changes that wait over what was put into the cache by other than an answer. */
  showWaiting(): void;
  /** Stops all work; what is on disk stays. */
  close(): void;
  /** Removes everything from the disk, what was not sent too. */
  forget(): Promise<void>;
  /** Removes what was shown, and keeps what was not sent. */
  hide(): Promise<void>;
}

/** The queue on disk has changed: maybe because a write is done. */
interface TabMessage {
  readonly done: DoneWrite | undefined;
}

/** Opens what this device keeps of a person. */
export async function openWorkspace(
  { id: ownerId }: Pick<SignedInUser, "id">,
  session: Pick<Session, "fetch" | "confirm">,
): Promise<Workspace> {
  const fetch = (input: RequestInfo | URL, init?: RequestInit) => session.fetch(input, init);
  const send = sendBy(fetch);
  const database = await openDatabase();
  const store = new IndexedDbQueueStore(database, ownerId);
  const tabs = new BroadcastChannel(`tareas:queue:${ownerId}`);
  let doneWrites = 0;

  const apollo = createApollo({
    fetch,
    doneWrites: () => doneWrites,
    onUnauthenticated: () => void session.confirm(),
    onAnswer: () => {
      shown.rebuild();
      snapshot.changed();
      if (queue.state().phase === "waiting") queue.wake();
    },
  });
  const shown = new ShownWrites(apollo.cache);
  const snapshot = new Snapshot(apollo.cache, database, ownerId);
  const queue = new WriteQueue({
    store,
    send: (...operation) =>
      send(...operation).catch((error) => {
        // A subgraph can know before the router does.
        if (error instanceof SessionEnded) void session.confirm();
        throw error;
      }),
    exclusively: (work) => navigator.locks.request(`tareas:queue:${ownerId}`, work),
    onDone: ({ id, write, done }) => {
      doneWrites += 1;
      apollo.cache.batch({ optimistic: false, update: (cache) => keepDone(cache, write, done) });
      snapshot.holds(id);
    },
    onStored: (done) => tabs.postMessage({ done } satisfies TabMessage),
  });

  const reading = readingOf(database);
  const restored = Promise.all([store.read(reading), snapshot.restore(reading)]);
  tabs.onmessage = async ({ data }: MessageEvent<TabMessage>) => {
    // What another tab did while this one opens is newer than what it opens with.
    await restored;
    if (data.done) queue.tell(data.done);
    void queue.refresh().then(() => queue.state().phase === "idle" && queue.wake());
  };
  queue.subscribe(() => shown.show(queue.state().entries));
  const [stored] = await restored;
  queue.open(stored);

  const away = new AbortController();
  const listen = { signal: away.signal };
  window.addEventListener("online", queue.wake, listen);
  window.addEventListener("pagehide", () => void snapshot.save(), listen);
  document.addEventListener(
    "visibilitychange",
    () => (document.visibilityState === "hidden" ? void snapshot.save() : queue.wake()),
    listen,
  );

  const close = () => {
    away.abort();
    tabs.close();
    queue.close();
    snapshot.close();
    apollo.stop();
    database.close();
  };
  const hide = () => snapshot.forget();
  const forget = async () => {
    await hide();
    await store.clear();
  };
  const showWaiting = () => shown.rebuild();
  return { ownerId, apollo, queue, showWaiting, close, hide, forget };
}
