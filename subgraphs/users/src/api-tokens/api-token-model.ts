import { Schema, type Types } from "mongoose";

/** A personal API token: what is known of it, but not the token itself. */
export interface ApiTokenRecord {
  readonly _id: string;
  readonly accountId: Types.ObjectId;
  /** The token's SHA-256: the token itself is known to its holder only. */
  readonly tokenHash: string;
  readonly name: string;
  readonly scopes: string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  /** The Idempotency-Key that it was made with. */
  readonly claim?: { readonly keyHash: string; readonly until: Date };
}

const required = <T>(type: T) => ({ type, required: true as const });

export const apiTokenSchema = new Schema<ApiTokenRecord>(
  {
    _id: required(String),
    accountId: required(Schema.Types.ObjectId),
    tokenHash: required(String),
    name: required(String),
    scopes: required([String]),
    createdAt: required(Date),
    expiresAt: required(Date),
    lastUsedAt: { type: Date, default: null },
    claim: { type: new Schema({ keyHash: required(String), until: required(Date) }, { _id: false }) },
  },
  { versionKey: false, strict: "throw", strictQuery: "throw" },
);
apiTokenSchema.index({ tokenHash: 1 }, { name: "tokenHash", unique: true });
apiTokenSchema.index({ accountId: 1, createdAt: -1 }, { name: "account_createdAt" });
apiTokenSchema.index({ expiresAt: 1 }, { name: "expiry", expireAfterSeconds: 0 });
