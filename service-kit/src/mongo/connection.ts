import mongoose, { type Connection } from "mongoose";
import type { Log } from "../log.ts";
import { StartError } from "../settings.ts";

export interface MongoOptions {
  readonly uri: string;
  readonly database: string;
  readonly log: Log;
}

/**
 * Opens a pooled connection to one database without waiting for it: commands queue until MongoDB can be had.
 * Writes are acknowledged by a majority. Indexes are never made on the way (see `createIndexes`).
 */
export function openMongo({ uri, database, log }: MongoOptions): Connection {
  const connection = mongoose.createConnection();
  connection.on("error", (error) => log.error({ err: error }, "MongoDB connection error"));
  let closing = false;
  connection.once("disconnecting", () => {
    closing = true;
  });
  connection.on("disconnected", () => closing || log.warn("MongoDB is out of reach"));
  connection.on("reconnected", () => log.info("MongoDB is back"));
  void keepTrying(connection, uri, database, log);
  return connection;
}

async function keepTrying(connection: Connection, uri: string, database: string, log: Log): Promise<void> {
  for (;;) {
    try {
      await connection.openUri(uri, {
        dbName: database,
        appName: `tareas-${database}`,
        maxPoolSize: 50,
        serverSelectionTimeoutMS: 5_000,
        connectTimeoutMS: 3_000,
        socketTimeoutMS: 30_000,
        w: "majority",
        retryWrites: true,
        retryReads: true,
        autoIndex: false,
        autoCreate: false,
      });
      return;
    } catch (error) {
      if (connection.readyState === mongoose.ConnectionStates.uninitialized) return;
      log.warn({ err: error }, "MongoDB can't be reached yet");
    }
  }
}

/** Resolves as soon as the connection can be used, however long that takes. */
export async function whenConnected(connection: Connection): Promise<void> {
  if (connection.readyState === mongoose.ConnectionStates.connected) return;
  await new Promise<void>((resolve) => connection.once("connected", resolve));
}

const pingTimeoutMs = 1_000;

/** Whether MongoDB answers now: a ping, given up after a second. */
export async function isMongoReady(connection: Connection): Promise<boolean> {
  if (connection.readyState !== mongoose.ConnectionStates.connected || !connection.db) return false;
  try {
    await connection.db.command({ ping: 1 }, { timeoutMS: pingTimeoutMs });
    return true;
  } catch {
    return false; // the answer is the point here; the connection logs its own errors
  }
}

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
export async function checkIndexes(models: readonly AnyModel[]): Promise<void> {
  for (const model of models) {
    const { toCreate } = await model.diffIndexes();
    if (toCreate.length === 0) continue;
    const missing = JSON.stringify(toCreate[0]);
    throw new StartError(`The collection ${model.collection.name} lacks the index ${missing}: run npm run migrate.`);
  }
}
