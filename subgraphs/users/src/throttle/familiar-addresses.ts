import { Types } from "mongoose";
import type { Models } from "../models.ts";
import { networkOf } from "./network.ts";

const dayMs = 24 * 60 * 60 * 1_000;
const rememberedForMs = 90 * dayMs;
const mostPerAccount = 50;
const nobody = "0".repeat(24);

/** Where the owner of each account has signed in from in the last 90 days. */
export class FamiliarAddresses {
  readonly #records: Models["FamiliarAddress"];

  constructor({ FamiliarAddress }: Models) {
    this.#records = FamiliarAddress;
  }

  /** Whether the account's owner is known to use the address. For no account it is no, and takes as long to find out. */
  async has(accountId: string | undefined, address: string): Promise<boolean> {
    const found = await this.#records
      .findOne({ _id: idOf(accountId ?? nobody, address), expiresAt: { $gt: new Date() } })
      .lean();
    return found !== null;
  }

  /** Remembers that the account's owner was there. Of more than 50 addresses, those of longest ago are forgotten. */
  async remember(accountId: string, address: string): Promise<void> {
    const owner = new Types.ObjectId(accountId);
    const { upsertedCount } = await this.#records.updateOne(
      { _id: idOf(accountId, address) },
      { $set: { accountId: owner, expiresAt: new Date(Date.now() + rememberedForMs) } },
      { upsert: true },
    );
    if (upsertedCount > 0) await this.#forgetOldest(owner);
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
