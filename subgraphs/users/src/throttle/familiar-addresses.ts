import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import { Types } from "mongoose";
import { enterAccount } from "../accounts/enter-account.ts";
import type { Models } from "../models.ts";
import { networkOf } from "./network.ts";

const dayMs = 24 * 60 * 60 * 1_000;
const rememberedForMs = 90 * dayMs;
const mostPerAccount = 50;
const nobody = "0".repeat(24);

/** Where the owner of each account has signed in from in the last 90 days. */
export class FamiliarAddresses {
  readonly #records: Models["FamiliarAddress"];

  readonly #models: Models;
  readonly #inTransaction: InTransaction;

  constructor(models: Models, inTransaction: InTransaction) {
    this.#records = models.FamiliarAddress;
    this.#models = models;
    this.#inTransaction = inTransaction;
  }

  /** Whether the account's owner is known to use the address. For no account it is no, and takes as long to find out. */
  async has(accountId: string | undefined, address: string): Promise<boolean> {
    const found = await this.#records
      .findOne({ _id: idOf(accountId ?? nobody, address), expiresAt: { $gt: new Date() } })
      .lean();
    return found !== null;
  }

  /**
   * Remembers that the account's owner was there. Of more than 50 addresses, those of longest ago are forgotten.
   * Throws `Unauthenticated` when the account is gone.
   */
  async remember(accountId: string, address: string): Promise<void> {
    const _id = idOf(accountId, address);
    const owner = new Types.ObjectId(accountId);
    const remembered = { $set: { accountId: owner, expiresAt: new Date(Date.now() + rememberedForMs) } };
    const { matchedCount } = await this.#records.updateOne({ _id }, remembered);
    if (matchedCount > 0) return;
    await this.#inTransaction(async (session) => {
      await enterAccount(this.#models, accountId, session);
      await this.#records.updateOne({ _id }, remembered, { session, upsert: true });
    });
    await this.#forgetOldest(owner);
  }

  async #forgetOldest(accountId: Types.ObjectId): Promise<void> {
    const surplus = await this.#records
      .find({ accountId }, { _id: 1 })
      .sort({ expiresAt: -1 })
      .skip(mostPerAccount)
      .lean();
    if (surplus.length > 0) await this.#records.deleteMany({ _id: { $in: surplus.map(({ _id }) => _id) } });
  }
}

const idOf = (accountId: string, address: string) => `${accountId} ${networkOf(address)}`;
