import { type HydratedDocumentFromSchema, Schema } from "mongoose";

/** What a write under an Idempotency-Key gave; kept for 24 hours, in the same transaction as the write. */
export const idempotentResultSchema = new Schema(
  {
    /** `<owner>/<ordinal of the mutation in its request>/<key>` */
    _id: { type: String, required: true },
    /** Tells whether a repetition has the same input. */
    fingerprint: { type: String, required: true },
    result: { type: Schema.Types.Mixed },
    expiresAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
);

idempotentResultSchema.index({ expiresAt: 1 }, { name: "expiry", expireAfterSeconds: 0 });

export type IdempotentResultDocument = HydratedDocumentFromSchema<typeof idempotentResultSchema>;
