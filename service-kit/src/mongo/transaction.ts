import type { ClientSession, Connection } from "mongoose";

/** What happens inside a transaction. It may run several times, so it touches nothing but the database. */
export type Work<T> = (session: ClientSession) => Promise<T>;

export type InTransaction = <T>(work: Work<T>) => Promise<T>;

const timeoutMs = 15_000;
const options = {
  readConcern: { level: "snapshot" },
  writeConcern: { w: "majority" },
  readPreference: "primary",
} as const;

/**
 * Runs work in transactions on a connection: acknowledged by a majority, and run again from the start when one meets
 * another or the primary changes, for 15 seconds at most. What the work throws undoes it.
 */
export function transactionsOn(connection: Connection): InTransaction {
  return async (work) => {
    const session = await connection.startSession({ defaultTimeoutMS: timeoutMs });
    try {
      return await session.withTransaction(() => work(session), options);
    } finally {
      await session.endSession();
    }
  };
}
