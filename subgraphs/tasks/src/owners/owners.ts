import { Unauthenticated } from "@tareas/service-kit/errors";
import type { ClientSession } from "mongoose";
import type { Models } from "../models.ts";

// An access token lives for a day at most (ACCESS_TOKEN_TTL_SECONDS).
const keepDeletedMs = 2 * 24 * 60 * 60 * 1_000;

/** The accounts that something is written for, and those that nothing may be written for any more. */
export class Owners {
  readonly #records: Models["Owner"];

  constructor({ Owner }: Pick<Models, "Owner">) {
    this.#records = Owner;
  }

  /**
   * Makes this transaction meet the deletion of the account: it commits before, or not at all.
   * Throws `Unauthenticated` when the account is deleted.
   */
  async enter(ownerId: string, session: ClientSession): Promise<void> {
    const owner = await this.#records
      .findOneAndUpdate({ _id: ownerId }, { $inc: { writes: 1 } }, { session, upsert: true, returnDocument: "after" })
      .lean();
    if (owner?.deletedAt) throw new Unauthenticated("The account is gone.");
  }

  /** Marks an account as deleted. When this resolves, every write for it has been committed or never will be. */
  async close(ownerId: string): Promise<void> {
    const deletedAt = new Date();
    const expiresAt = new Date(deletedAt.getTime() + keepDeletedMs);
    await this.#records.updateOne({ _id: ownerId }, { $set: { deletedAt, expiresAt } }, { upsert: true });
  }
}
