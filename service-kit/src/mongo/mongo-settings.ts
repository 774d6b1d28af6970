import type { Log } from "../log.ts";
import { flag, milliseconds, mongodbUri, text } from "../settings.ts";
import type { MongoOptions } from "./connection.ts";

/** The settings of a server that keeps its data in MongoDB. */
export const mongoSettings = (database: string, isProduction: boolean) => ({
  MONGODB_URI: isProduction ? mongodbUri() : mongodbUri().default("mongodb://127.0.0.1:4017/?replicaSet=tareas"),
  MONGODB_DATABASE: text(database),
  /** How often each member is heard of at least; one that is silent for twice as long is taken for dead. */
  MONGODB_HEARTBEAT_MS: milliseconds(2_000),
  /** Whether what an election or a lost connection has broken off is tried again. */
  MONGODB_RETRIES: flag(true),
  /** A whole request, when the caller does not say how long it waits; nobody gets more. */
  REQUEST_TIMEOUT_MS: milliseconds(10_000),
  /** Whether requests have a deadline at all. */
  REQUEST_DEADLINES: flag(true),
});

interface MongoSettings {
  readonly MONGODB_URI: string;
  readonly MONGODB_DATABASE: string;
  readonly MONGODB_HEARTBEAT_MS: number;
  readonly MONGODB_RETRIES: boolean;
}

export const mongoOptionsOf = (settings: MongoSettings, log: Log, isTraced = false): MongoOptions => ({
  uri: settings.MONGODB_URI,
  database: settings.MONGODB_DATABASE,
  heartbeatMs: settings.MONGODB_HEARTBEAT_MS,
  retries: settings.MONGODB_RETRIES,
  isTraced,
  log,
});

/** The longest that a request may take, in milliseconds; undefined when it may take for ever. */
export const requestTimeoutOf = (settings: {
  readonly REQUEST_DEADLINES: boolean;
  readonly REQUEST_TIMEOUT_MS: number;
}): number | undefined => (settings.REQUEST_DEADLINES ? settings.REQUEST_TIMEOUT_MS : undefined);
