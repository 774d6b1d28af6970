import { Schema, type Types } from "mongoose";

/** A sign-in, from then until it ends: the family of all refresh tokens that come of it. */
export interface SessionRecord {
  /** The `sid` of its access tokens. */
  readonly _id: string;
  readonly accountId: Types.ObjectId;
  /** The User-Agent that was seen last. */
  readonly device: string | null;
  /** The IP address that was seen last. */
  readonly address: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  /** When its last refresh token expires. */
  readonly expiresAt: Date;
}

/** A refresh token that was given out. Used ones are kept too: one that comes back tells of a theft. */
export interface RefreshTokenRecord {
  /** The token's SHA-256: the token itself is known to its holder only. */
  readonly _id: string;
  readonly sessionId: string;
  /** When it was first used; null while it was not. */
  readonly usedAt: Date | null;
  readonly expiresAt: Date;
}

/** A session or an account whose access tokens count no more. */
export interface RevocationRecord {
  /** The `sid` or the `sub` of the tokens. */
  readonly _id: string;
  /** By MongoDB's clock, which all who record and all who follow share. */
  readonly recordedAt: Date;
  readonly until: Date;
}

const options = { versionKey: false, strict: "throw", strictQuery: "throw" } as const;
const required = <T>(type: T) => ({ type, required: true as const });

export const sessionSchema = new Schema<SessionRecord>(
  {
    _id: required(String),
    accountId: required(Schema.Types.ObjectId),
    device: { type: String, default: null },
    address: required(String),
    createdAt: required(Date),
    lastUsedAt: required(Date),
    expiresAt: required(Date),
  },
  options,
);
sessionSchema.index({ accountId: 1, lastUsedAt: -1 }, { name: "account_lastUsedAt" });
sessionSchema.index({ expiresAt: 1 }, { name: "expiry", expireAfterSeconds: 0 });

export const refreshTokenSchema = new Schema<RefreshTokenRecord>(
  {
    _id: required(String),
    sessionId: required(String),
    usedAt: { type: Date, default: null },
    expiresAt: required(Date),
  },
  options,
);
refreshTokenSchema.index({ sessionId: 1 }, { name: "session" });
refreshTokenSchema.index({ expiresAt: 1 }, { name: "expiry", expireAfterSeconds: 0 });

export const revocationSchema = new Schema<RevocationRecord>(
  { _id: required(String), recordedAt: required(Date), until: required(Date) },
  options,
);
revocationSchema.index({ recordedAt: 1 }, { name: "recordedAt" });
revocationSchema.index({ until: 1 }, { name: "expiry", expireAfterSeconds: 0 });
