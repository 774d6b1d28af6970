import type { AccessTokenClaims } from "@tareas/service-kit/auth/access-token";
import { BadUserInput, InvalidCredentials, Unauthenticated } from "@tareas/service-kit/errors";
import type { Client } from "@tareas/service-kit/http/client";
import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import { parseInput } from "@tareas/service-kit/validation";
import type { AccountMails } from "../mail/account-mails.ts";
import type { Models } from "../models.ts";
import type { SecurityEvents } from "../security-events/security-events.ts";
import { orGiveBack, type Throttles } from "../throttle/throttles.ts";
import type { Account } from "./account.ts";
import { profileChange } from "./account-input.ts";
import { type AccountRecord, ownAccount } from "./account-model.ts";
import { duplicateKeyPath, refuseTaken } from "./duplicate-key.ts";
import { nameKey } from "./names.ts";
import type { PasswordHasher } from "./password-hasher.ts";

interface Parts {
  readonly models: Pick<Models, "Account" | "PasswordReset">;
  readonly inTransaction: InTransaction;
  readonly hasher: PasswordHasher;
  readonly throttles: Pick<Throttles, "admitPasswordChange" | "admitRegistration">;
  readonly events: SecurityEvents;
  readonly mails: AccountMails;
}

interface Named {
  readonly displayName?: string;
}

/** What people say of themselves, and where their mail goes. */
export class AccountProfile {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Changes what the input names, all of it or nothing, and returns the account as its owner sees it. Throws
   * `BadUserInput` for what is malformed or taken; for another e-mail address also `InvalidCredentials` when the current
   * password is another, and `RateLimited`.
   */
  async update(claims: AccessTokenClaims, input: unknown, client: Client): Promise<Account> {
    const { displayName, email, currentPassword } = parseInput(profileChange, input);
    const record = await this.#parts.models.Account.findById(claims.sub).lean<AccountRecord>();
    if (!record) throw new Unauthenticated("The account is gone.");
    const named = displayName === undefined ? {} : { displayName: displayName ?? record.username };
    const address = email === undefined ? record.email : (email ?? undefined);
    if (address === record.email) return this.#rename(record, named);
    await this.#admit(record, address, currentPassword ?? undefined, client);
    const changed = await this.#move(record, { ...named, email: address }, claims, client);
    this.#parts.mails.emailChanged(record);
    return changed;
  }

  async #rename({ _id }: AccountRecord, named: Named): Promise<Account> {
    const renamed = await this.#parts.models.Account.findOneAndUpdate(
      { _id },
      { $set: named },
      { returnDocument: "after" },
    ).lean<AccountRecord>();
    if (!renamed) throw new Unauthenticated("The account is gone.");
    return ownAccount(renamed);
  }

  /** Lets an e-mail address be changed by who knows the password. */
  async #admit(record: AccountRecord, email: string | undefined, password: string | undefined, client: Client) {
    const { hasher, throttles } = this.#parts;
    if (password === undefined) throw new BadUserInput([{ path: "currentPassword", code: "REQUIRED" }]);
    const attempt = await throttles.admitPasswordChange(record._id.toHexString()); // a guess at the same password
    const { matches } = await orGiveBack(attempt, hasher.verify(record.passwordHash, password));
    if (!matches) throw new InvalidCredentials();
    await attempt.forget();
    // Whether another has an address is what registering tells, too: it is told no oftener.
    if (email !== undefined) await throttles.admitRegistration(client.address);
  }

  /** Changes the e-mail address, and makes what was mailed to the old one void. */
  async #move(
    { _id, passwordHash }: AccountRecord,
    { email, ...named }: Named & { readonly email: string | undefined },
    { sub, sid }: AccessTokenClaims,
    client: Client,
  ): Promise<Account> {
    const { models, inTransaction, events } = this.#parts;
    const change =
      email === undefined
        ? { $set: named, $unset: { email: 1, emailKey: 1 } }
        : { $set: { ...named, email, emailKey: nameKey(email) } };
    try {
      return await inTransaction(async (session) => {
        // Not with a password that was changed meanwhile.
        const current = { _id, passwordHash };
        const options = { session, returnDocument: "after" } as const;
        const changed = await models.Account.findOneAndUpdate(current, change, options).lean<AccountRecord>();
        if (!changed) throw new InvalidCredentials();
        await models.PasswordReset.deleteOne({ _id }, { session });
        await events.record(sub, "EMAIL_CHANGED", { ...client, sessionId: sid }, session);
        return ownAccount(changed);
      });
    } catch (error) {
      refuseTaken(duplicateKeyPath(error));
      throw error;
    }
  }
}
