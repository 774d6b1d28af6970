import { Schema } from "mongoose";

/** The tries that were made at one thing. */
export interface ThrottleRecord {
  /** A hash of what is counted: the collection tells nobody's name or address. */
  readonly _id: string;
  readonly tries: number;
  /** The try that was let in last. */
  readonly lastTry: string;
  /** The next try is let in from then on, by MongoDB's clock. */
  readonly blockedUntil: Date;
  /** From then on it counts from nought again. */
  readonly expiresAt: Date;
}

const required = <T>(type: T) => ({ type, required: true as const });

export const throttleSchema = new Schema<ThrottleRecord>(
  {
    _id: required(String),
    tries: required(Number),
    lastTry: required(String),
    blockedUntil: required(Date),
    expiresAt: required(Date),
  },
  {
    ...{ versionKey: false, strict: "throw", strictQuery: "throw" },
    // Several writes come before each password: none waits for a disk, and a failover may forget the last of them.
    writeConcern: { w: 1, j: false },
  },
);
throttleSchema.index({ expiresAt: 1 }, { name: "expiry", expireAfterSeconds: 0 });
