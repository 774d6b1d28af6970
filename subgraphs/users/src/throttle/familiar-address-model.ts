import { Schema, type Types } from "mongoose";

/** A network from which an account was made or signed in to. */
export interface FamiliarAddressRecord {
  /** The account's id and the network (see `networkOf`). */
  readonly _id: string;
  readonly accountId: Types.ObjectId;
  readonly expiresAt: Date;
}

const required = <T>(type: T) => ({ type, required: true as const });

export const familiarAddressSchema = new Schema<FamiliarAddressRecord>(
  { _id: required(String), accountId: required(Schema.Types.ObjectId), expiresAt: required(Date) },
  { versionKey: false, strict: "throw", strictQuery: "throw" },
);
familiarAddressSchema.index({ accountId: 1, expiresAt: -1 }, { name: "account_expiresAt" });
familiarAddressSchema.index({ expiresAt: 1 }, { name: "expiry", expireAfterSeconds: 0 });
