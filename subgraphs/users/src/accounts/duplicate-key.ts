import { mongo } from "mongoose";

const duplicateKey = 11_000;

/** The first path of the unique index that refused a write; undefined when the error is another. */
export function duplicateKeyPath(error: unknown): string | undefined {
  if (!(error instanceof mongo.MongoServerError) || error.code !== duplicateKey) return undefined;
  return Object.keys(error.keyPattern)[0];
}
