import { setTimeout as delay } from "node:timers/promises";
import type { Connection } from "mongoose";
import type { Log } from "../log.ts";
import { StartError } from "../settings.ts";
import { whenConnected } from "./connection.ts";

const checkEveryMs = 1_000;

/** What is asked of a model here. Mongoose's own `Model` is invariant in its document: no `Model<X>` stands for all. */
export interface AnyModel {
  readonly collection: { readonly name: string };
  createCollection(): Promise<unknown>;
  createIndexes(): Promise<unknown>;
  diffIndexes(): Promise<{ readonly toCreate: readonly unknown[] }>;
}

/** Makes the collections and indexes of the models; what exists already stays. */
export async function createIndexes(models: readonly AnyModel[]): Promise<void> {
  for (const model of models) {
    await model.createCollection();
    await model.createIndexes();
  }
}

/** Throws a `StartError` that names the first index which a model asks for and the database lacks. */
async function checkIndexes(models: readonly AnyModel[]): Promise<void> {
  for (const model of models) {
    const { toCreate } = await model.diffIndexes();
    if (toCreate.length === 0) continue;
    const missing = JSON.stringify(toCreate[0]);
    throw new StartError(`The collection ${model.collection.name} lacks the index ${missing}: run npm run migrate.`);
  }
}

/** Resolves when every index is there, or to false when the signal aborts. Throws a `StartError` when one is missing. */
export async function checkIndexesWhenConnected(
  mongo: Connection,
  models: readonly AnyModel[],
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<boolean> {
  await whenConnected(mongo);
  while (!signal.aborted) {
    try {
      await checkIndexes(models);
      return true;
    } catch (error) {
      if (error instanceof StartError) throw error;
      log.warn({ err: error }, "the indexes could not be looked at yet"); // as when the primary changes just then
      await delay(checkEveryMs, undefined, { signal }).catch(() => {});
    }
  }
  return false;
}
