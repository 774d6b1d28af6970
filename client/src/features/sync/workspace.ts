import type { ApolloClient } from "@apollo/client";
import type { Session, SignedInUser } from "../session/session.ts";
import { SessionEnded } from "../session/session-ended.ts";
import { createApollo } from "./apollo.ts";
import { IndexedDbQueueStore, LocalDatabase } from "./indexed-db-store.ts";
import { keepDone } from "./overlay.ts";
import type { DoneWrite } from "./queue-store.ts";
import { ShownWrites } from "./shown-writes.ts";
import { Snapshot } from "./snapshot.ts";
import { sendBy } from "./transport.ts";
import { WriteQueue } from "./write-queue.ts";

/** All that the app keeps of one person on this device. */
export interface Workspace {
  readonly ownerId: string;
  readonly apollo: ApolloClient;
  readonly queue: WriteQueue;
  /** Shows the changes that wait over what was put into the cache by other than an answer. */
  showWaiting(): void;
  /**
   * Stops all work. What is on disk stays, or what was shown is removed (`hide`), or what was not sent, too (`forget`).
   */
  close(then: "keep" | "hide" | "forget"): Promise<void>;
}

/** The queue on disk has changed: maybe because a write is done. */
interface TabMessage {
  readonly done: DoneWrite | undefined;
}

/** Opens what this device keeps of a person. */
export async function openWorkspace(
  { id: ownerId }: Pick<SignedInUser, "id">,
  session: Pick<Session, "fetchAs" | "confirm">,
): Promise<Workspace> {
  const fetch = (input: RequestInfo | URL, init?: RequestInit) => session.fetchAs(ownerId, input, init);
  const send = sendBy(fetch);
  const database = new LocalDatabase();
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

  const restored = database
    .reading()
    .then((reading) => Promise.all([store.read(reading), snapshot.restore(reading)]))
    .then(([stored]) => stored);
  tabs.onmessage = async ({ data }: MessageEvent<TabMessage>) => {
    // What another tab did while this one opens is newer than what it opens with.
    await restored;
    if (data.done) queue.tell(data.done);
    void queue.refresh().then(() => queue.state().phase === "idle" && queue.wake());
  };
  queue.subscribe(() => shown.show(queue.state().entries));
  queue.open(await restored);

  const away = new AbortController();
  const listen = { signal: away.signal };
  window.addEventListener("online", queue.wake, listen);
  window.addEventListener("pagehide", () => void snapshot.save(), listen);
  document.addEventListener(
    "visibilitychange",
    () => (document.visibilityState === "hidden" ? void snapshot.save() : queue.wake()),
    listen,
  );

  const close = async (then: "keep" | "hide" | "forget") => {
    // What was done last may be on its way to the disk.
    await queue.stored();
    away.abort();
    tabs.close();
    queue.close();
    snapshot.close();
    apollo.stop();
    if (then !== "keep") await database.forget(ownerId, { queue: then === "forget" });
    await database.close();
  };
  const showWaiting = () => shown.rebuild();
  return { ownerId, apollo, queue, showWaiting, close };
}
