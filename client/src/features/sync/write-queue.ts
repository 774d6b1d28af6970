import { SessionEnded } from "../session/session-ended.ts";
import { type Done, deliver, editOf, type Outcome, type Problem, rebased } from "./deliver.ts";
import type { DoneWrite, QueuedWrite, QueueStore, StoredQueue } from "./queue-store.ts";
import { type Send, Unreachable } from "./transport.ts";
import { type EditedField, editedFields, fillsTrash, sweeps, touched, type Write, type WriteOf } from "./write.ts";

export interface QueueState {
  /** All that is not at the server yet, in the order in which it was done. */
  readonly entries: readonly QueuedWrite[];
  /** What of it is on disk, and outlives the page. */
  readonly stored: readonly QueuedWrite[];
  /**
   * `waiting`: for an answer that did not come; `signed-out`: for somebody to sign in; `unstored`: for this device, which
   * keeps nothing just now.
   */
  readonly phase: "idle" | "sending" | "waiting" | "signed-out" | "unstored";
}

export interface WriteQueueOptions {
  readonly store: QueueStore;
  readonly send: Send;
  /** Runs work while no other tab runs any. */
  readonly exclusively: (work: () => Promise<void>) => Promise<void>;
  /**
   * A write is done, here, in another tab, or since the last visit. What is known of it has to be shown, and can be taken
   * from the store once it is kept elsewhere.
   */
  readonly onDone: (done: DoneWrite) => void;
  /** The store holds something else than before, because a write is done or for another reason: for other tabs to know. */
  readonly onStored?: (done?: DoneWrite) => void;
  /** How long to wait after the first failure, and at most: it doubles. In milliseconds. */
  readonly retryMs?: { readonly first: number; readonly most: number };
}

/** How often the server may fail at a write before the others stop waiting for it. */
const mostFaults = 6;

/**
 * The changes that one person made and the server does not have yet. They are kept on disk before they are sent, sent one
 * by one in order, each under one Idempotency-Key for as long as it takes, and leave when the server has answered. What
 * the person has to decide waits, and only what is about the same task or list waits behind it.
 */
export class WriteQueue {
  readonly #options: WriteQueueOptions;
  readonly #retryMs: { readonly first: number; readonly most: number };
  readonly #listeners = new Set<() => void>();
  #state: QueueState = { entries: [], stored: [], phase: "idle" };
  /** Shown already, and on their way to the disk. */
  #unstored: readonly QueuedWrite[] = [];
  #storing: Promise<unknown> = Promise.resolve();
  /** Ids of the writes whose end has been told. */
  readonly #told = new Set<string>();
  #failures = 0;
  /** How often the server failed at the write that is being sent. */
  #faults = 0;
  #isRunning = false;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the server said to come back, on the clock of `Date.now()`. */
  #notBefore = 0;

  constructor(options: WriteQueueOptions) {
    this.#options = options;
    this.#retryMs = options.retryMs ?? { first: 1_000, most: 30_000 };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): QueueState => this.#state;

  /** Takes what is on disk, and begins to send it. */
  open(stored: StoredQueue): void {
    this.#take(stored);
    this.wake();
  }

  /**
   * Takes a write. With `holdMs` it can be taken back for so long, or until the next one. Returns its id at once; it is
   * on disk when `stored()` resolves.
   */
  add(write: Write, { holdMs = 0 }: { holdMs?: number } = {}): string {
    const id = crypto.randomUUID();
    const heldUntil = holdMs > 0 ? Date.now() + holdMs : null;
    const entry = { id, idempotencyKey: crypto.randomUUID(), write, isSent: false, heldUntil, problem: null };
    this.#unstored = [...this.#unstored, entry];
    this.#show({ entries: [...this.#state.entries, entry] });
    void this.#store().catch(this.#later);
    return id;
  }

  /** Resolves when everything taken so far is on disk. */
  async stored(): Promise<void> {
    await this.#storing;
  }

  /** Takes back a write that was not sent yet; whether it was. */
  async takeBack(id: string): Promise<boolean> {
    let isTakenBack = false;
    await this.#change(id, (one) => {
      isTakenBack = !one.isSent;
      return isTakenBack ? undefined : one;
    });
    return isTakenBack;
  }

  /** Decides a conflict: the fields in which the person's own version is to stand. */
  async decide(id: string, own: readonly EditedField[]): Promise<void> {
    await this.#inTurn(() =>
      this.#become(id, ({ write, problem }) => {
        if (problem?.type !== "conflict" || write.kind !== "updateTask") return undefined;
        const kept = editedFields(write.base.values).filter(
          (field) => !problem.fields.includes(field) || own.includes(field),
        );
        return editOf(problem.current, write, kept);
      }),
    );
  }

  /** Puts another write in the place of one that the server refused; none gives it up. */
  async replace(id: string, write?: Write): Promise<void> {
    await this.#change(id, (entry) => write && changedBy(entry, { type: "instead", write }));
  }

  /** The network is back, somebody signed in, or it is time: sends on at once. */
  readonly wake = (): void => {
    clearTimeout(this.#timer);
    const waitMs = this.#notBefore - Date.now();
    if (waitMs > 0) this.#wakeIn(waitMs);
    else void this.#run();
  };

  /** Another tab changed what is stored. */
  async refresh(): Promise<void> {
    this.#take(await this.#options.store.read());
  }

  #take({ waiting, done }: StoredQueue): void {
    for (const one of done) this.tell(one);
    const known = new Set([...waiting, ...done].map(({ id }) => id));
    this.#show({ stored: waiting, entries: [...waiting, ...this.#unstored.filter(({ id }) => !known.has(id))] });
  }

  /** A write is done, as this tab or another has heard. What has been told before is not told again. */
  tell(done: DoneWrite): void {
    if (this.#told.has(done.id)) return;
    this.#told.add(done.id);
    this.#options.onDone(done);
  }

  /** Stops sending. What is stored stays. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  /** Puts on disk what is not there yet, in its order. What was held until the next write is held no longer. */
  #store(): Promise<void> {
    return this.#inTurn(async () => {
      const { store } = this.#options;
      for (const entry of this.#unstored) {
        for (const { id, heldUntil } of (await store.read()).waiting)
          if (heldUntil !== null) await store.change(id, (one) => ({ ...one, heldUntil: null }));
        if (!(await this.#joined(entry))) await store.add(entry);
        this.#unstored = this.#unstored.filter((one) => one !== entry);
      }
    });
  }

  /**
   * Two edits of a task in a row are one, as long as the server has seen neither; and while a person has to decide about a
   * task, what they write of it meanwhile is part of that.
   */
  async #joined({ write, heldUntil }: QueuedWrite): Promise<boolean> {
    if (write.kind !== "updateTask" || heldUntil !== null) return false;
    const { waiting } = await this.#options.store.read();
    const last = waiting.findLast((one) => touched(one.write).includes(write.input.id));
    if (!last || (last.problem?.type !== "conflict" && last !== waiting.at(-1))) return false;
    let isJoined = false;
    await this.#become(last.id, (one) => {
      if (one.write.kind !== "updateTask" || one.write.input.id !== write.input.id) return undefined;
      // To another list and back is a way of its own: to the end of the first.
      if (one.write.input.listId && write.input.listId) return undefined;
      const { problem, isSent } = one;
      isJoined = problem?.type === "conflict" || (problem === null && !isSent);
      if (!isJoined) return undefined;
      const both = joinedEdit(one.write, write);
      if (problem?.type !== "conflict") return { type: "joined", write: both };
      const outcome = rebased(both, problem.current);
      return outcome.type === "conflict" ? { type: "joined", write: both, problem: outcome } : outcome;
    });
    return isJoined;
  }

  async #run(): Promise<void> {
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    try {
      await this.#storing;
      if (this.#unstored.length > 0) await this.#store();
      await this.#options.exclusively(() => this.#sendAll());
      this.#failures = 0;
    } catch (error) {
      this.#later(error);
    } finally {
      this.#isRunning = false;
    }
    // Something may have come while the last one left.
    if (this.#state.phase === "idle" && this.#next(Date.now()) && !this.#isClosed) void this.#run();
  }

  /** After a failure of any kind it goes on later. Throws what is no outage, so that it shows. */
  readonly #later = (error: unknown): void => {
    if (this.#isClosed) return;
    const isOutage = error instanceof Unreachable;
    this.#show({ phase: error instanceof SessionEnded ? "signed-out" : isOutage ? "waiting" : "unstored" });
    if (error instanceof SessionEnded) return;
    const backoffMs = Math.min(this.#retryMs.first * 2 ** this.#failures, this.#retryMs.most);
    this.#failures += 1;
    const retryAfterMs = isOutage ? error.retryAfterMs : 0;
    this.#notBefore = Date.now() + retryAfterMs;
    this.#wakeIn(Math.max(retryAfterMs, backoffMs * (0.5 + Math.random() / 2)));
    if (!isOutage) throw error;
  };

  async #sendAll(): Promise<void> {
    for (;;) {
      await this.refresh();
      if (this.#isClosed) return;
      const next = this.#next(Date.now());
      this.#show({ phase: next ? "sending" : "idle" });
      if (!next) break;
      await this.#send(next.id);
      this.#failures = 0;
      this.#faults = 0;
    }
    const held = this.#state.entries.map(({ heldUntil }) => (heldUntil ?? 0) - Date.now()).find((ms) => ms > 0);
    if (held) this.#wakeIn(held);
  }

  /**
   * The first write that waits for nothing: neither for its person, nor behind one that does. What sweeps away many tasks at
   * once waits for all before it, since it might sweep away what they were to save.
   */
  #next(nowMs: number): QueuedWrite | undefined {
    const blocked = new Set<string>();
    const unstored = new Set(this.#unstored);
    let isTrashKept = false;
    for (const entry of this.#state.entries) {
      const { write, problem, heldUntil } = entry;
      if (unstored.has(entry) || (heldUntil ?? 0) > nowMs) return undefined;
      const ids = touched(write);
      const isBlocked = ids.some((id) => blocked.has(id)) || (sweeps(write) && blocked.size > 0);
      if (problem === null && !isBlocked && !(isTrashKept && fillsTrash(write))) return entry;
      for (const id of ids) blocked.add(id);
      // What is thrown away later must not be there yet when the trash is emptied.
      isTrashKept ||= write.kind === "emptyTrash";
    }
    return undefined;
  }

  async #send(id: string): Promise<void> {
    const { store, send } = this.#options;
    const entry = await store.change(id, (one) => ({ ...one, isSent: true }));
    if (!entry) return; // it was taken back
    const outcome = await deliver(entry.write, entry.idempotencyKey, send).catch(this.#failed);
    if (this.#isClosed) return;
    if (outcome.type === "done") await this.#settle(entry, outcome);
    else {
      await this.#become(id, () => outcome);
      this.#options.onStored?.();
    }
  }

  /** Makes of an entry what `outcomeOf` says has become of it; undefined: nothing. */
  async #become(id: string, outcomeOf: (entry: QueuedWrite) => Outcome | Joined | undefined): Promise<void> {
    let finished: { readonly entry: QueuedWrite; readonly done: Done } | undefined;
    await this.#options.store.change(id, (entry) => {
      const outcome = outcomeOf(entry);
      if (outcome?.type === "done") finished = { entry, done: outcome };
      return outcome ? changedBy(entry, outcome) : entry;
    });
    if (finished) await this.#settle(finished.entry, finished.done);
  }

  /** A write has come to its end: what it has done takes its place on disk, and is told. */
  async #settle({ id, write }: QueuedWrite, outcome: Done): Promise<void> {
    const done = { id, write, done: outcome, at: Date.now() };
    await this.#options.store.settle(done, (rest) => followedOn(rest, outcome));
    if (this.#isClosed) return;
    this.tell(done);
    this.#options.onStored?.(done);
  }

  /** What the server fails at time after time is put before its person. Throws the error if it may still pass. */
  readonly #failed = (error: unknown): Problem => {
    if (error instanceof Unreachable && error.isFault) this.#faults += 1;
    if (this.#faults < mostFaults) throw error;
    return { type: "refused", code: "INTERNAL_SERVER_ERROR" };
  };

  async #change(id: string, change: (entry: QueuedWrite) => QueuedWrite | undefined): Promise<void> {
    await this.#inTurn(async () => {
      await this.#options.store.change(id, change);
    });
  }

  /** Changes the store, one change after the other, and sends on. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#storing.then(work).then(async () => {
      this.#options.onStored?.();
      await this.refresh();
      if (this.#state.phase === "idle") this.wake();
    });
    this.#storing = turn.catch(() => {});
    return turn;
  }

  #wakeIn(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(this.wake, ms);
  }

  #show(change: Partial<QueueState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** A write with more in it than before: it goes on under the same id. */
interface Joined {
  readonly type: "joined";
  readonly write: Write;
  readonly problem?: Problem;
}

/** An entry after an outcome: gone, with its problem, in another form under a key of its own, or with more in it. */
function changedBy(entry: QueuedWrite, outcome: Outcome | Joined): QueuedWrite | undefined {
  switch (outcome.type) {
    case "done":
      return undefined;
    case "joined":
      return { ...entry, write: outcome.write, problem: outcome.problem ?? null };
    case "instead":
      return { ...entry, write: outcome.write, idempotencyKey: crypto.randomUUID(), isSent: false, problem: null };
    default:
      return { ...entry, problem: outcome };
  }
}

/**
 * An edit that waits behind a write that is done goes on from the version which that write made, if nobody else changed
 * the task in between.
 */
function followedOn(entry: QueuedWrite, { tasks }: Done): QueuedWrite {
  const { write, isSent } = entry;
  if (write.kind !== "updateTask" || isSent) return entry;
  const task = tasks.find(({ id }) => id === write.input.id);
  if (task?.version !== write.base.version + 1) return entry;
  return { ...entry, write: { ...write, base: { ...write.base, version: task.version } } };
}

/** One edit that says what two say: it began where the first did, and ends where the second does. */
const joinedEdit = (first: WriteOf<"updateTask">, second: WriteOf<"updateTask">): WriteOf<"updateTask"> => ({
  kind: "updateTask",
  input: { ...first.input, ...second.input },
  base: { version: first.base.version, values: { ...second.base.values, ...first.base.values } },
});
