import { IdempotencyKeyReused } from "@tareas/service-kit/errors";
import type { InTransaction, Work } from "@tareas/service-kit/mongo/transaction";
import type { ClientSession } from "mongoose";
import type { Models } from "../models.ts";
import type { Owners } from "../owners/owners.ts";
import { fingerprint } from "./fingerprint.ts";
import { Turns } from "./turns.ts";

/** Who makes a write. With a key, the write at this place of the request is done once, however often it is sent. */
export interface Author {
  readonly ownerId: string;
  readonly idempotencyKey: string | null;
  /** Which of the request's mutations this is, from 0. */
  readonly ordinal: number;
}

const keepForMs = 24 * 60 * 60 * 1_000;

/** Every write of this subgraph goes through here: one transaction, done once per Idempotency-Key. */
export class Writes {
  readonly #inTransaction: InTransaction;
  readonly #results: Models["IdempotentResult"];
  readonly #owners: Owners;
  readonly #turns = new Turns();

  constructor(inTransaction: InTransaction, results: Models["IdempotentResult"], owners: Owners) {
    this.#inTransaction = inTransaction;
    this.#results = results;
    this.#owners = owners;
  }

  /**
   * Runs `work` in a transaction that is acknowledged by a majority, and again from the start when it meets another.
   * A repeated key gives the first result without running it; throws `IdempotencyKeyReused` when the input is another.
   * What `work` throws undoes the write and frees the key. Throws `Unauthenticated` when the account is deleted.
   (IETF draft-ietf-httpapi-idempotency-key-header)
   */
  async run<T>(author: Author, operation: string, input: unknown, work: Work<T>): Promise<T> {
    return this.#turns.take(author.ownerId, () =>
      this.#inTransaction((session) => this.#once(author, operation, input, session, work)),
    );
  }

  async #once<T>(
    { ownerId, idempotencyKey, ordinal }: Author,
    operation: string,
    input: unknown,
    session: ClientSession,
    work: Work<T>,
  ): Promise<T> {
    if (idempotencyKey === null) return this.#enterAndWork(ownerId, session, work);

    const _id = `${ownerId}/${ordinal}/${idempotencyKey}`;
    const print = fingerprint(operation, input);
    const earlier = await this.#results.findOne({ _id, expiresAt: { $gt: new Date() } }, null, { session }).lean();
    if (earlier && earlier.fingerprint !== print) throw new IdempotencyKeyReused();
    if (earlier) return earlier.result as T;

    const result = await this.#enterAndWork(ownerId, session, work);
    const expiresAt = new Date(Date.now() + keepForMs);
    await this.#results.replaceOne({ _id }, { fingerprint: print, result, expiresAt }, { session, upsert: true });
    return result;
  }

  async #enterAndWork<T>(ownerId: string, session: ClientSession, work: Work<T>): Promise<T> {
    await this.#owners.enter(ownerId, session);
    return work(session);
  }
}
