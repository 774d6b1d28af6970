import type { Log } from "@tareas/service-kit/log";
import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import type { ClientSession, Types } from "mongoose";
import type { Models } from "../models.ts";
import type { ListDeletion, StoredList } from "./list-model.ts";

const batchSize = 200;
const sweepEveryMs = 15_000;

/** A list that is being deleted. */
export type DeletedList = Pick<StoredList, "_id" | "ownerId"> & { readonly deletion: ListDeletion };

/**
 * Empties lists that are being deleted, a batch of tasks at a time, because a transaction over tens of thousands of
 * tasks would outgrow MongoDB's cache. A list so marked is hidden and takes no more tasks; what a crash leaves behind
 * is taken up by the next sweep, here or in another process.
 */
export class ListDeletions implements Disposable {
  readonly #models: Models;
  readonly #inTransaction: InTransaction;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;

  constructor(models: Models, inTransaction: InTransaction, log: Log) {
    this.#models = models;
    this.#inTransaction = inTransaction;
    this.#log = log;
  }

  /** Moves or trashes up to 200 tasks; removes the list when none is left, and tells whether it did. */
  async step({ _id: listId, ownerId, deletion }: DeletedList, session: ClientSession): Promise<boolean> {
    const found = await this.#models.Task.find({ ownerId, listId }, { _id: 1 }, { session })
      .hint("list_createdAt")
      .limit(batchSize + 1)
      .lean();
    const batch = { ownerId, _id: { $in: found.slice(0, batchSize).map(({ _id }) => _id) } };
    const target = await this.#targetOf(ownerId, deletion, session);
    const now = new Date();
    const moved = { $set: { listId: target, updatedAt: now }, $inc: { version: 1 } };
    const trashed = { ...moved, $set: { ...moved.$set, state: "trashed" as const, deletedAt: now } };
    const live = { ...batch, state: { $in: ["open" as const, "completed" as const] } };
    await this.#models.Task.updateMany({ ...batch, state: "trashed" }, moved, { session });
    await this.#models.Task.updateMany(live, deletion.trash ? trashed : moved, { session });
    if (found.length > batchSize) return false;
    await this.#models.TaskList.deleteOne({ ownerId, _id: listId }, { session });
    return true;
  }

  /** Goes on with a deletion until the list is gone. A failure is logged: the next sweep takes it up. */
  async finish(list: DeletedList): Promise<void> {
    try {
      while (!(await this.#inTransaction((session) => this.step(list, session))));
    } catch (error) {
      this.#log.warn({ err: error, list: list._id }, "the deletion of a list was interrupted");
    }
  }

  /** Takes up deletions that were interrupted: all of them now, and then every 15 seconds those that are as old. */
  async follow(olderThanMs = 0): Promise<void> {
    try {
      const since = new Date(Date.now() - olderThanMs);
      const left = await this.#models.TaskList.find({ "deletion.since": { $lte: since } }).lean<DeletedList[]>();
      for (const list of left) await this.finish(list);
    } catch (error) {
      this.#log.warn({ err: error }, "interrupted deletions of lists could not be looked for");
    }
    this.#timer = setTimeout(() => void this.follow(sweepEveryMs), sweepEveryMs).unref();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  /** The list that takes the tasks; the first one when that has gone meanwhile. */
  async #targetOf(ownerId: string, { target }: ListDeletion, session: ClientSession): Promise<Types.ObjectId> {
    const entered = { $inc: { taskWrites: 1 } };
    for (const list of [{ _id: target, deletion: null }, { isDefault: true }]) {
      const taken = await this.#models.TaskList.findOneAndUpdate({ ownerId, ...list }, entered, { session }).lean();
      if (taken) return taken._id;
    }
    throw new Error("the account has no first list");
  }
}
