import { Schema, type Types } from "mongoose";

/** Something that happened here and that another server has to act on. */
export interface OutboxRecord {
  /** Begins with the time, so that it sorts by age. */
  readonly _id: Types.ObjectId;
  readonly type: "account.deleted";
  readonly accountId: string;
  readonly at: Date;
}

export const outboxSchema = new Schema<OutboxRecord>(
  {
    type: { type: String, required: true },
    accountId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false, strict: "throw", strictQuery: "throw" },
);
