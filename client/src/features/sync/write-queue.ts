import { type Done, deliver, editOf, type Outcome, type Problem, rebased } from "./deliver.ts";
import type { DoneWrite, QueuedWrite, QueueStore, StoredQueue } from "./queue-store.ts";
import { type Send, SessionEnded, Unreachable } from "./transport.ts";
import { type EditedField, editedFields, touched, type Write, type WriteOf } from "./write.ts";

export interface QueueState {
  /** All that is not at the server yet, in the order in which it was done. */
  readonly entries: readonly QueuedWrite[];
  /** `waiting`: for an answer that did not come; `signed-out`: for somebody to sign in. */
  readonly phase: "idle" | "sending" | "waiting" | "signed-out";
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
  #state: QueueState = { entries: [], phase: "idle" };
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
    await this.#change(id, (entry) => {
      const { write, problem } = entry;
      if (problem?.type !== "conflict" || write.kind !== "updateTask") return entry;
      const kept = editedFields(write.base.values).filter(
        (field) => !problem.fields.includes(field) || own.includes(field),
      );
      return changedBy(entry, editOf(problem.current, write, kept));
    });
  }

  /** Puts another write in the place of one that the server refused; none gives it up. */
  async replace(id: string, write?: Write): Promise<void> {
    await this.#change(id, (entry) => write && changedBy(entry, { type: "instead", write }));
  }

  /** The network is back, somebody signed in, or it is time: sends on at once. */
  readonly wake = (): void => {
    clearTimeout(this.#timer);
    void this.#run();
  };

  /** Another tab changed what is stored. */
  async refresh(): Promise<void> {
    this.#take(await this.#options.store.read());
  }

  #take({ waiting, done }: StoredQueue): void {
    for (const one of done) this.tell(one);
    const known = new Set([...waiting, ...done].map(({ id }) => id));
    this.#show({ entries: [...waiting, ...this.#unstored.filter(({ id }) => !known.has(id))] });
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

  /** Two edits of a task in a row are one, as long as the server has seen neither. */
  async #joined(entry: QueuedWrite): Promise<boolean> {
    const { write } = entry;
    if (write.kind !== "updateTask" || entry.heldUntil !== null) return false;
    const { waiting } = await this.#options.store.read();
    const contested = waiting.find(
      (one) => one.problem?.type === "conflict" && touched(one.write).includes(write.input.id),
    );
    const last = contested ?? waiting.at(-1);
    if (last?.write.kind !== "updateTask" || last.write.input.id !== write.input.id) return false;
    let isJoined = false;
    await this.#options.store.change(last.id, (one) => {
      if (one.write.kind !== "updateTask") return one;
      const both = joinedEdit(one.write, write);
      isJoined = one.problem?.type === "conflict" || (!one.isSent && one.problem === null);
      if (!isJoined) return one;
      return one.problem?.type === "conflict"
        ? changedBy({ ...one, write: both }, rebased(both, one.problem.current))
        : { ...one, write: both };
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
    this.#show({ phase: error instanceof SessionEnded ? "signed-out" : "waiting" });
    if (error instanceof SessionEnded) return;
    const backoffMs = Math.min(this.#retryMs.first * 2 ** this.#failures, this.#retryMs.most);
    this.#failures += 1;
    const retryAfterMs = error instanceof Unreachable ? error.retryAfterMs : 0;
    this.#wakeIn(Math.max(retryAfterMs, backoffMs * (0.5 + Math.random() / 2)));
    if (!(error instanceof Unreachable)) throw error;
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
    const held = this.#state.entries.find(({ heldUntil }) => heldUntil !== null);
    if (held?.heldUntil) this.#wakeIn(held.heldUntil - Date.now());
  }

  /** The first write that waits for nothing: neither for its person, nor behind one that does. */
  #next(nowMs: number): QueuedWrite | undefined {
    const blocked = new Set<string>();
    const unstored = new Set(this.#unstored);
    for (const entry of this.#state.entries) {
      if (unstored.has(entry) || (entry.heldUntil ?? 0) > nowMs) return undefined;
      const ids = touched(entry.write);
      if (entry.problem === null && !ids.some((id) => blocked.has(id))) return entry;
      for (const id of ids) blocked.add(id);
    }
    return undefined;
  }

  async #send(id: string): Promise<void> {
    const { store, send, onStored } = this.#options;
    const entry = await store.change(id, (one) => ({ ...one, isSent: true }));
    if (!entry) return; // it was taken back
    const { write, idempotencyKey } = entry;
    const outcome = await deliver(write, idempotencyKey, send).catch(this.#failed);
    if (this.#isClosed) return;
    if (outcome.type !== "done") {
      await store.change(id, (one) => changedBy(one, outcome));
      return onStored?.();
    }
    const done = { id, write, done: outcome, at: Date.now() };
    await store.settle(done, (rest) => followedOn(rest, outcome));
    if (this.#isClosed) return;
    this.tell(done);
    onStored?.(done);
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

/** An entry after an outcome that is not its end: in another form, under a key of its own, or with its problem. */
function changedBy(entry: QueuedWrite, outcome: Outcome): QueuedWrite | undefined {
  if (outcome.type === "done") return undefined;
  if (outcome.type !== "instead") return { ...entry, problem: outcome };
  return { ...entry, write: outcome.write, idempotencyKey: crypto.randomUUID(), isSent: false, problem: null };
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
