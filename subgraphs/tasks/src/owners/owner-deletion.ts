import type { Models } from "../models.ts";
import type { Owners } from "./owners.ts";

// One command over 100,000 tasks would outlast the connection's time limit.
const batchSize = 500;

/** Removes all that an account has here, once the account is deleted. */
export class OwnerDeletion {
  readonly #models: Models;
  readonly #owners: Owners;

  constructor(models: Models, owners: Owners) {
    this.#models = models;
    this.#owners = owners;
  }

  /**
   * Resolves when nothing is left. It needs no transaction, because nothing can be added once the owner is closed; and
   * it may be interrupted and done again at any point, or be done by two processes at once.
   */
  async delete(ownerId: string): Promise<void> {
    await this.#owners.close(ownerId);
    const { Task, TaskList, IdempotentResult } = this.#models;
    await inBatches(
      () => Task.find({ ownerId }, { _id: 1 }).hint("owner_createdAt").limit(batchSize).lean(),
      (ids) => Task.deleteMany({ ownerId, _id: { $in: ids } }),
    );
    await TaskList.deleteMany({ ownerId });
    // Their ids begin with the owner's and a slash; "0" is the character behind the slash.
    const results = { $gte: `${ownerId}/`, $lt: `${ownerId}0` };
    await inBatches(
      () => IdempotentResult.find({ _id: results }, { _id: 1 }).limit(batchSize).lean(),
      (ids) => IdempotentResult.deleteMany({ _id: { $in: ids } }),
    );
  }
}

async function inBatches<Id>(
  find: () => PromiseLike<{ _id: Id }[]>,
  remove: (ids: Id[]) => PromiseLike<unknown>,
): Promise<void> {
  for (let found = await find(); found.length > 0; found = await find()) await remove(found.map(({ _id }) => _id));
}
