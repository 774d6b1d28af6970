import { setTimeout as delay } from "node:timers/promises";
import mongoose, { type Connection, type ConnectOptions } from "mongoose";
import type { Log } from "../log.ts";
import { StartError } from "../settings.ts";
import { traceCommands } from "../telemetry/mongodb-spans.ts";
import { ConnectionPool } from "./connection-pool.ts";
import { holdToRequestDeadlines } from "./request-deadline.ts";

export interface MongoOptions {
  readonly uri: string;
  readonly database: string;
  /** How often each member is heard of at least; one that is silent for twice as long is taken for dead. */
  readonly heartbeatMs: number;
  /** Whether reads and single writes that an election or a lost connection has broken off are tried again. */
  readonly retries: boolean;
  /** Whether commands are traced. */
  readonly isTraced: boolean;
  readonly log: Log;
}

// Each try waits for MongoDB by itself; between two nobody looks whether it is there.
const retryAfterMs = { first: 500, most: 2_000 };
// What the driver says of a connection string that it can't use, however often it is asked.
const unusable = /^Mongo(Parse|InvalidArgument|API|MissingDependency|Runtime)Error$/;

/**
 * A pooled connection to one database, opened without waiting for it: commands queue until MongoDB can be had.
 * Writes are acknowledged by a majority; what is done for a request holds to its deadline. Indexes
 * are never made on the way (see indexes.ts).
 */
export class Mongo implements AsyncDisposable {
  readonly connection: Connection = mongoose.createConnection();
  readonly pool = new ConnectionPool(this.connection);
  /** Rejects with a `StartError` when the connection string can't be used. */
  readonly failed: Promise<never>;
  readonly #options: MongoOptions;
  readonly #closing = new AbortController();

  constructor(options: MongoOptions) {
    this.#options = options;
    const { log } = options;
    holdToRequestDeadlines(this.connection);
    if (options.isTraced) this.connection.once("connected", () => traceCommands(this.connection.getClient()));
    this.connection.on("error", (error) => log.error({ err: error }, "MongoDB connection error"));
    this.connection.on("disconnected", () => this.#closing.signal.aborted || log.warn("MongoDB is out of reach"));
    this.connection.on("reconnected", () => log.info("MongoDB is back"));
    this.failed = this.#keepTrying();
    this.failed.catch(() => {}); // whoever looks at it is told; nobody has to
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.connection.destroy();
  }

  async #keepTrying(): Promise<never> {
    for (let waitMs = retryAfterMs.first; !this.#closing.signal.aborted; ) {
      try {
        await this.connection.openUri(this.#options.uri, driverOptions(this.#options));
        break;
      } catch (error) {
        if (this.#closing.signal.aborted) break;
        const { name, message } = error as Error;
        if (unusable.test(name)) throw new StartError(`MONGODB_URI can't be used: ${message}.`);
        this.#options.log.warn({ err: error }, "MongoDB can't be reached yet");
      }
      await delay(waitMs, undefined, { signal: this.#closing.signal }).catch(() => {});
      waitMs = Math.min(waitMs * 2, retryAfterMs.most);
    }
    return new Promise<never>(() => {});
  }
}

const driverOptions = ({ database, heartbeatMs, retries, isTraced }: MongoOptions): ConnectOptions => ({
  dbName: database,
  appName: `tareas-${database}`,
  maxPoolSize: 50,
  serverSelectionTimeoutMS: 5_000,
  // The driver hears from each member as often as this by a connection of its own, and gives up on one that is silent for
  // both times together: it then breaks off what is on its way there, and tries it elsewhere.
  serverMonitoringMode: "stream",
  heartbeatFrequencyMS: heartbeatMs,
  connectTimeoutMS: heartbeatMs,
  socketTimeoutMS: 30_000,
  w: "majority",
  retryWrites: retries,
  retryReads: retries,
  monitorCommands: isTraced,
  autoIndex: false,
  autoCreate: false,
});

/** Resolves as soon as the connection can be used, however long that takes. */
export async function whenConnected(connection: Connection): Promise<void> {
  if (connection.readyState === mongoose.ConnectionStates.connected) return;
  await new Promise<void>((resolve) => connection.once("connected", resolve));
}

const pingTimeoutMs = 1_000;

/**
 * Whether MongoDB can be reached: a ping of the primary or of a secondary, given up after a second. That there is no
 * primary is no reason to send requests elsewhere, since there is none for any replica of ours; and it soon passes.
 */
export async function isMongoReady({ db }: Connection): Promise<boolean> {
  if (!db) return false;
  const ping = (readPreference: "primary" | "secondaryPreferred") => db.command({ ping: 1 }, { readPreference });
  const answered = Promise.any([ping("primary"), ping("secondaryPreferred")]).then(
    () => true,
    () => false, // the answer is the point here; the connection logs its own errors
  );
  // The driver's own `timeoutMS` does nothing in this version.
  const tooLate = new AbortController();
  const givenUp = delay(pingTimeoutMs, false, { signal: tooLate.signal, ref: false }).catch(() => false);
  return Promise.race([answered, givenUp]).finally(() => tooLate.abort());
}
