/** What became of a write, as its client knows: `unknown` when no answer came, however often it asked. */
export type Fate = "sent" | "acknowledged" | "refused" | "unknown";

/** A write that the load made. It stands in the ledger before it is sent. */
export interface LedgerWrite {
  readonly kind: "create" | "rename" | "delete";
  /** What the title is after a create or a rename. */
  readonly title?: string;
  /** On the clock of `performance.now()`, as `settledAt`. */
  readonly sentAt: number;
  /** When its client heard of its fate. */
  settledAt?: number;
  /** The Idempotency-Key that it was sent with. */
  idempotencyKey?: string;
  fate: Fate;
}

/** A task that the load made, or tried to, with all writes to it in their order: one is sent when the last is settled. */
export interface LedgerTask {
  /** The first word of each of its titles: no two tasks share one. */
  readonly marker: string;
  readonly ownerId: string;
  /** What the product calls it, once it is known. */
  id?: string;
  readonly writes: LedgerWrite[];
}

/** Every write that the load makes, recorded before it is sent and when it is settled. */
export class Ledger {
  readonly #tasks = new Map<string, LedgerTask>();
  readonly #run: string;

  /** `run` keeps the markers of this run apart from any other's. */
  constructor(run: string) {
    this.#run = run;
  }

  get tasks(): readonly LedgerTask[] {
    return [...this.#tasks.values()];
  }

  /** Whether a title is of a task of this run. */
  owns(title: string): boolean {
    return title.startsWith(`${this.#run}-`);
  }

  /** Whose the task is that has this title; undefined for one that this ledger does not know. */
  ownerOf(title: string): string | undefined {
    return this.#tasks.get(title.split(" ", 1)[0] ?? "")?.ownerId;
  }

  /** Begins a task with the write that makes it. */
  begin(ownerId: string): { readonly task: LedgerTask; readonly write: LedgerWrite } {
    const marker = `${this.#run}-${this.#tasks.size + 1}`;
    const task: LedgerTask = { marker, ownerId, writes: [] };
    this.#tasks.set(marker, task);
    return { task, write: this.add(task, { kind: "create", title: `${marker} is new` }) };
  }

  /** Another write to a task, which is sent now. */
  add(task: LedgerTask, what: Pick<LedgerWrite, "kind" | "title">): LedgerWrite {
    const write: LedgerWrite = { ...what, sentAt: performance.now(), fate: "sent" };
    task.writes.push(write);
    return write;
  }

  settle(write: LedgerWrite, fate: Fate): void {
    Object.assign(write, { fate, settledAt: performance.now() });
  }

  /** How many writes there are of each fate. */
  count(fate: Fate): number {
    return this.tasks.reduce((sum, { writes }) => sum + writes.filter((write) => write.fate === fate).length, 0);
  }
}
