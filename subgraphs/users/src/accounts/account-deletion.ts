import { InvalidCredentials, Unauthenticated } from "@tareas/service-kit/errors";
import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import { parseInput } from "@tareas/service-kit/validation";
import { Types } from "mongoose";
import type { Models } from "../models.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { RevocationLog } from "../sessions/revocation-log.ts";
import { orGiveBack, type Throttles } from "../throttle/throttles.ts";
import { deletion } from "./account-input.ts";
import type { AccountRecord } from "./account-model.ts";
import type { Belonging } from "./belongings.ts";
import type { PasswordHasher } from "./password-hasher.ts";

interface Parts {
  readonly models: Pick<Models, "Account">;
  readonly inTransaction: InTransaction;
  readonly revocations: RevocationLog;
  readonly outbox: Outbox;
  readonly belongings: readonly Belonging[];
  readonly hasher: PasswordHasher;
  readonly throttles: Pick<Throttles, "admitPasswordChange">;
}

/** The end of accounts. */
export class AccountDeletion {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Deletes an account and all that belongs to it, refuses its access tokens everywhere, and leaves word for the tasks
   * subgraph: all of that or nothing. Throws `InvalidCredentials` when the password is another, and
   * `RateLimited`.
   */
  async delete(accountId: string, input: unknown): Promise<void> {
    const { models, hasher, throttles } = this.#parts;
    const { password } = parseInput(deletion, input);
    const record = await models.Account.findById(accountId).lean<AccountRecord>();
    if (!record) throw new Unauthenticated("The account is gone.");
    const attempt = await throttles.admitPasswordChange(accountId); // a guess at the same password
    const { matches } = await orGiveBack(attempt, hasher.verify(record.passwordHash, password));
    if (!matches) throw new InvalidCredentials();
    await attempt.forget();
    // Not with a password that was changed meanwhile.
    const isDone = await this.#remove(accountId, { _id: record._id, passwordHash: record.passwordHash });
    if (!isDone) throw new InvalidCredentials();
  }

  /** The same, for whoever answers for the product, without the password. Returns whether there was such an account. */
  async deleteUnasked(accountId: string): Promise<boolean> {
    const isId = /^[0-9a-f]{24}$/.test(accountId);
    return isId && this.#remove(accountId, { _id: new Types.ObjectId(accountId) });
  }

  /** Returns false, with nothing removed, when the account is not there as described. */
  async #remove(accountId: string, current: Partial<AccountRecord>): Promise<boolean> {
    const { models, inTransaction, revocations, outbox, belongings } = this.#parts;
    const revoked = await inTransaction(async (session) => {
      const { deletedCount } = await models.Account.deleteOne(current, { session });
      if (deletedCount === 0) return undefined;
      for (const belonging of belongings) await belonging.remove(accountId, session);
      await outbox.add("account.deleted", accountId, session);
      return revocations.record([accountId], session);
    });
    if (revoked) revocations.announce(revoked);
    return revoked !== undefined;
  }
}
