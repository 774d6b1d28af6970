import { Schema, type Types } from "mongoose";
import { type SecurityEvent, type SecurityEventType, securityEventTypes } from "./security-event.ts";

/** An event as it is stored. */
export interface SecurityEventRecord extends Omit<SecurityEvent, "id"> {
  /** An ObjectId in hexadecimal digits or, for events that are counted, what they are counted by. */
  readonly _id: string;
  readonly accountId: Types.ObjectId;
  readonly type: SecurityEventType;
}

const keptSeconds = 90 * 24 * 60 * 60;
const required = <T>(type: T) => ({ type, required: true as const });
const nullable = <T>(type: T) => ({ type, default: null });

export const securityEventSchema = new Schema<SecurityEventRecord>(
  {
    _id: required(String),
    accountId: required(Schema.Types.ObjectId),
    type: { type: String, enum: securityEventTypes, required: true },
    at: required(Date),
    address: nullable(String),
    device: nullable(String),
    sessionId: nullable(String),
    detail: nullable(String),
    count: required(Number),
  },
  { versionKey: false, strict: "throw", strictQuery: "throw" },
);
securityEventSchema.index({ accountId: 1, at: -1, _id: -1 }, { name: "account_at" });
securityEventSchema.index({ at: 1 }, { name: "expiry", expireAfterSeconds: keptSeconds });
