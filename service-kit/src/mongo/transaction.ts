import { setTimeout as delay } from "node:timers/promises";
import { type ClientSession, type Connection, mongo } from "mongoose";
import type { Deadline } from "../deadline.ts";
import { currentScope } from "../request-scope.ts";

/** What happens inside a transaction. It may run several times, so it touches nothing but the database. */
export type Work<T> = (session: ClientSession) => Promise<T>;

export type InTransaction = <T>(work: Work<T>) => Promise<T>;

const timeoutMs = 15_000;
// What is said after a commit, and done because of it, is worth more than an answer in time that nobody waits for.
const commitPatienceMs = 5_000;
const options = {
  readConcern: { level: "snapshot" },
  writeConcern: { w: "majority" },
  readPreference: "primary",
} as const;

/**
 * Runs work in transactions on a connection: acknowledged by a majority, and run again from the start when one meets
 * another or the primary changes; after 15 seconds it is not begun again, and the driver's timeout error is thrown.
 * What the work throws undoes it.
 *
 * Within a request its deadline counts too: then what is not committed is undone, and `DeadlineExceeded` is thrown. A
 * commit that has begun is left alone, and waited for up to 5 seconds more. Without `retries` nothing is begun again.
 */
export function transactionsOn(connection: Connection, { retries }: { readonly retries: boolean }): InTransaction {
  return async (work) => {
    const deadline = currentScope()?.deadline;
    deadline?.signal.throwIfAborted();
    const transaction = new Transaction(work, deadline, retries ? timeoutMs : 0);
    const done = transaction.run(connection);
    return deadline ? givenUpBy(deadline, transaction, done) : done;
  };
}

class Transaction<T> {
  /** Whether all is done but the commit. */
  isCommitting = false;
  readonly #work: Work<T>;
  readonly #deadline: Deadline | undefined;
  readonly #lastBegin: number;

  constructor(work: Work<T>, deadline: Deadline | undefined, repeatedForMs: number) {
    this.#work = work;
    this.#deadline = deadline;
    this.#lastBegin = performance.now() + repeatedForMs;
  }

  async run(connection: Connection): Promise<T> {
    const session = await connection.startSession();
    let hasRun = false;
    try {
      return await session.withTransaction(async () => {
        // By itself the driver tries for two minutes, and its `timeoutMS` does nothing in this version.
        if (hasRun && performance.now() >= this.#lastBegin)
          throw new mongo.MongoOperationTimeoutError("the transaction could not be completed in time");
        hasRun = true;
        return this.#attempt(session);
      }, options);
    } finally {
      await session.endSession();
    }
  }

  async #attempt(session: ClientSession): Promise<T> {
    this.isCommitting = false;
    this.#deadline?.signal.throwIfAborted();
    const result = await this.#work(session);
    this.#deadline?.signal.throwIfAborted();
    this.isCommitting = true;
    return result;
  }
}

/** The end of a transaction, or the deadline's; to undo it may take longer then, and is not waited for. */
async function givenUpBy<T>({ signal }: Deadline, transaction: Transaction<T>, done: Promise<T>): Promise<T> {
  const settled = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = async () => {
    if (transaction.isCommitting) await delay(commitPatienceMs, undefined, { signal: settled.signal, ref: false });
    reject(signal.reason);
  };
  const onAbort = () => void giveUp().catch(() => {}); // it has settled meanwhile
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([done, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    settled.abort();
  }
}
