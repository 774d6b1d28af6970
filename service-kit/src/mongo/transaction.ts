import { type ClientSession, type Connection, mongo } from "mongoose";

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
 * another or the primary changes; after 15 seconds it is not begun again, and the driver's timeout error is thrown.
 * What the work throws undoes it.
 */
export function transactionsOn(connection: Connection): InTransaction {
  return async (work) => {
    const deadline = performance.now() + timeoutMs;
    const session = await connection.startSession();
    let hasRun = false;
    try {
      return await session.withTransaction(() => {
        // By itself the driver tries for two minutes, and its `timeoutMS` does nothing in this version.
        if (hasRun && performance.now() >= deadline)
          throw new mongo.MongoOperationTimeoutError("the transaction could not be completed in time");
        hasRun = true;
        return work(session);
      }, options);
    } finally {
      await session.endSession();
    }
  };
}
