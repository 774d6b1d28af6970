import { Schema } from "mongoose";

/** An account, as far as it has something here. */
export interface OwnerRecord {
  /** The account's id. */
  readonly _id: string;
  /** Only counts: writing it lets each write of an owner meet the deletion of the account. */
  readonly writes: number;
  /** Only when the account is deleted: nothing is written for it from then on. */
  readonly deletedAt?: Date;
  /** When the last access token of a deleted account has long expired. */
  readonly expiresAt?: Date;
}

export const ownerSchema = new Schema<OwnerRecord>(
  {
    _id: { type: String, required: true },
    writes: { type: Number, default: 0 },
    deletedAt: Date,
    expiresAt: Date,
  },
  { versionKey: false },
);
ownerSchema.index({ expiresAt: 1 }, { name: "expiry", expireAfterSeconds: 0 });
