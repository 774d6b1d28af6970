import type { Connection } from "mongoose";
import { StartError } from "../settings.ts";
import { Mongo, type MongoOptions, whenConnected } from "./connection.ts";
import { type AnyModel, createIndexes } from "./indexes.ts";

interface Migration extends MongoOptions {
  readonly createModels: (connection: Connection) => Readonly<Record<string, AnyModel>>;
}

const patienceMs = 30_000;

/**
 * A migration process: makes the collections and indexes of one database, however long that takes, and exits with 0. When
 * MongoDB does not answer within 30 seconds, or a setting is wrong, it says why in one line and exits with 1.
 */
export async function migrate(read: () => Migration): Promise<void> {
  const giveUp = setTimeout(() => fail(`MongoDB did not answer within ${patienceMs / 1_000} s.`), patienceMs);
  try {
    const { createModels, ...options } = read();
    await using mongo = new Mongo(options);
    await Promise.race([whenConnected(mongo.connection), mongo.failed]);
    clearTimeout(giveUp);
    const models = Object.values(createModels(mongo.connection));
    await createIndexes(models);
    options.log.info({ collections: models.map((model) => model.collection.name) }, "indexes are in place");
  } catch (error) {
    if (error instanceof StartError) fail(error.message);
    throw error;
  } finally {
    clearTimeout(giveUp);
  }
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
