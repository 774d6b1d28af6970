import type { Done, Problem } from "./deliver.ts";
import type { Write } from "./write.ts";

/** A write that waits to be sent. */
export interface QueuedWrite {
  readonly id: string;
  /** Under which the server does it once, however often it is sent. (IETF draft-ietf-httpapi-idempotency-key-header) */
  readonly idempotencyKey: string;
  readonly write: Write;
  /** Whether the server may have seen it: from then on the same key stands for the same input. */
  readonly isSent: boolean;
  /** Not to be sent before, in milliseconds since 1970: until then it can be taken back. */
  readonly heldUntil: number | null;
  /** Why it waits for its person. */
  readonly problem: Problem | null;
}

/** A write that has left the queue because it is done: kept until what is shown is on disk with it. */
export interface DoneWrite {
  readonly id: string;
  readonly write: Write;
  readonly done: Done;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** What waits, in the order in which it was added, and what is done, in the order in which it was. */
export interface StoredQueue {
  readonly waiting: readonly QueuedWrite[];
  readonly done: readonly DoneWrite[];
}

/** Keeps the queue of one person on disk, for all tabs. Each method is one transaction. */
export interface QueueStore {
  read(): Promise<StoredQueue>;
  add(entry: QueuedWrite): Promise<void>;
  /** Changes an entry to what `change` makes of it; undefined removes it. Returns what is left of it. */
  change(id: string, change: (entry: QueuedWrite) => QueuedWrite | undefined): Promise<QueuedWrite | undefined>;
  /** Puts what a write has done in its place, and changes the entries that remain. */
  settle(done: DoneWrite, rest: (entry: QueuedWrite) => QueuedWrite): Promise<void>;
}
