import { Schema, type Types } from "mongoose";
import type { Account } from "./account.ts";

/** An account as it is stored. */
export interface AccountRecord {
  readonly _id: Types.ObjectId;
  readonly username: string;
  /** The username folded (see `nameKey`): a unique index on it decides who has a name. */
  readonly usernameKey: string;
  readonly displayName: string;
  readonly email?: string;
  readonly emailKey?: string;
  /** argon2id, in PHC string form. */
  readonly passwordHash: string;
  readonly createdAt: Date;
  /**
   * Only counts: writing it lets a transaction that adds something to the account meet others that do, and one that
   * deletes the account.
   */
  readonly additions?: number;
  /** How often the password was changed: a sign-in holds only as long as the password that it was made with. */
  readonly passwordVersion: number;
  /** The Idempotency-Key that the account was registered with. */
  readonly claim?: { readonly keyHash: string; readonly until: Date };
}

const requiredText = { type: String, required: true } as const;

export const accountSchema = new Schema<AccountRecord>(
  {
    username: requiredText,
    usernameKey: requiredText,
    displayName: requiredText,
    email: String,
    emailKey: String,
    passwordHash: requiredText,
    createdAt: { type: Date, required: true },
    additions: Number,
    passwordVersion: { type: Number, required: true },
    claim: { type: new Schema({ keyHash: requiredText, until: { type: Date, required: true } }, { _id: false }) },
  },
  { versionKey: false, strict: "throw", strictQuery: "throw" },
);

accountSchema.index({ usernameKey: 1 }, { unique: true });
accountSchema.index({ emailKey: 1 }, { unique: true, partialFilterExpression: { emailKey: { $exists: true } } });
accountSchema.index(
  { "claim.keyHash": 1 },
  { unique: true, partialFilterExpression: { "claim.keyHash": { $exists: true } } },
);

/** What the viewer may see of an account: the e-mail address only of their own. */
export function visibleTo(viewerId: string, record: AccountRecord): Account {
  const { username, displayName, createdAt, passwordVersion } = record;
  const id = record._id.toHexString();
  return { id, username, displayName, createdAt, passwordVersion, email: (id === viewerId && record.email) || null };
}

/** An account as its owner sees it. */
export const ownAccount = (record: AccountRecord): Account => visibleTo(record._id.toHexString(), record);
