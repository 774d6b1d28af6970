import type { Problem } from "./deliver.ts";
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

/** Keeps the queue of one person on disk, for all tabs. Each method is one transaction. */
export interface QueueStore {
  /** In the order in which they were added. */
  all(): Promise<QueuedWrite[]>;
  add(entry: QueuedWrite): Promise<void>;
  /** Changes an entry to what `change` makes of it; undefined removes it. Returns what is left of it. */
  change(id: string, change: (entry: QueuedWrite) => QueuedWrite | undefined): Promise<QueuedWrite | undefined>;
  /** Removes an entry, and changes those that remain. */
  settle(id: string, rest: (entry: QueuedWrite) => QueuedWrite): Promise<void>;
  clear(): Promise<void>;
}
