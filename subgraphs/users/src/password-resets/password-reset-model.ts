import { Schema, type Types } from "mongoose";

/** What was mailed to an account lately. One document each, so that one write decides about all of it. */
export interface PasswordResetRecord {
  /** The account's. */
  readonly _id: Types.ObjectId;
  readonly mails: readonly ResetMail[];
  /** From when on nothing here is of use. */
  readonly until: Date;
}

export interface ResetMail {
  /** The token's SHA-256: the token itself is known to the mailbox only. */
  readonly tokenHash: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}

const required = <T>(type: T) => ({ type, required: true as const });

const mailSchema = new Schema<ResetMail>(
  { tokenHash: required(String), sentAt: required(Date), expiresAt: required(Date) },
  { _id: false },
);

export const passwordResetSchema = new Schema<PasswordResetRecord>(
  { _id: required(Schema.Types.ObjectId), mails: required([mailSchema]), until: required(Date) },
  { versionKey: false, strict: "throw", strictQuery: "throw" },
);
passwordResetSchema.index({ "mails.tokenHash": 1 }, { name: "token" });
passwordResetSchema.index({ until: 1 }, { name: "expiry", expireAfterSeconds: 0 });
