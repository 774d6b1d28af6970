import type { AccessTokenClaims } from "@tareas/service-kit/auth/access-token";
import { IdempotencyKeyReused, InvalidCredentials, Unauthenticated, UserNotFound } from "@tareas/service-kit/errors";
import type { Client } from "@tareas/service-kit/http/client";
import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import { parseInput } from "@tareas/service-kit/validation";
import { Types } from "mongoose";
import type { AccountMails } from "../mail/account-mails.ts";
import type { Models } from "../models.ts";
import type { FailedSignIns } from "../security-events/failed-sign-ins.ts";
import type { SecurityEvents } from "../security-events/security-events.ts";
import type { RevocationLog } from "../sessions/revocation-log.ts";
import type { SessionService } from "../sessions/session-service.ts";
import { orGiveBack, type Throttles } from "../throttle/throttles.ts";
import type { Account } from "./account.ts";
import { credentials, passwordChange, type Registration, registration } from "./account-input.ts";
import { type AccountRecord, ownAccount, visibleTo } from "./account-model.ts";
import { duplicateKeyPath, refuseTaken } from "./duplicate-key.ts";
import { claimOf } from "./idempotency-claim.ts";
import { nameKey } from "./names.ts";
import type { PasswordHasher } from "./password-hasher.ts";
import { refuseGuessable } from "./password-policy.ts";

interface Parts {
  readonly models: Models;
  readonly inTransaction: InTransaction;
  readonly sessions: SessionService;
  readonly revocations: RevocationLog;
  readonly hasher: PasswordHasher;
  readonly throttles: Throttles;
  readonly events: SecurityEvents;
  readonly failures: FailedSignIns;
  readonly mails: AccountMails;
}

interface Options {
  readonly revealsUnknownUser: boolean;
  /** The hash of a password that nobody has. */
  readonly decoyHash: string;
}

/** Who has an account. */
export class AccountService {
  readonly #accounts: Models["Account"];
  readonly #inTransaction: InTransaction;
  readonly #parts: Parts;
  readonly #hasher: PasswordHasher;
  readonly #throttles: Throttles;
  readonly #options: Options;

  constructor(parts: Parts, options: Options) {
    this.#accounts = parts.models.Account;
    this.#inTransaction = parts.inTransaction;
    this.#parts = parts;
    this.#hasher = parts.hasher;
    this.#throttles = parts.throttles;
    this.#options = options;
  }

  /**
   * Makes an account. The same key with the same input gives the account that it made before, for 24 hours; with
   * another input it throws `IdempotencyKeyReused`. Throws `BadUserInput` for what is malformed or taken or easily
   * guessed, and `RateLimited`.
   */
  async register(input: unknown, idempotencyKey: string | null, client: Client): Promise<Account> {
    const wanted = parseInput(registration, input);
    const { username, displayName, email, password } = wanted;
    await refuseGuessable("password", password, { username, displayName, email: email ?? null });
    const attempt = await this.#throttles.admitRegistration(client.address);
    const passwordHash = await orGiveBack(attempt, this.#hasher.hash(password));
    const record: AccountRecord = {
      _id: new Types.ObjectId(),
      username,
      usernameKey: nameKey(username),
      displayName,
      ...(email !== undefined && { email, emailKey: nameKey(email) }),
      passwordHash,
      passwordVersion: 0,
      createdAt: new Date(),
      ...(idempotencyKey !== null && { claim: claimOf(idempotencyKey) }),
    };
    const account = await this.#insert(wanted, record, client);
    await this.#throttles.familiar.remember(account.id, client.address);
    return account;
  }

  /**
   * The account with this name, or e-mail address, and password. Throws `InvalidCredentials` or `UserNotFound`; when
   * unknown names are not revealed, always the former, and only after a hash was computed as for a known one. Throws
   * `RateLimited`, whether the name is known or not.
   */
  async authenticate(input: unknown, client: Client): Promise<Account> {
    const { username, password } = parseInput(credentials, input);
    const key = nameKey(username);
    const known = await this.#accounts
      .findOne(username.includes("@") ? { emailKey: key } : { usernameKey: key })
      .lean<AccountRecord>();
    const accountId = known?._id.toHexString();
    const attempt = await this.#throttles.logins.admit({ nameKey: key, accountId, address: client.address });
    if (!known && this.#options.revealsUnknownUser) throw new UserNotFound();
    const presumed = known?.passwordHash ?? this.#options.decoyHash;
    const { matches, renewed } = await orGiveBack(attempt, this.#hasher.verify(presumed, password));
    if (accountId !== undefined && !matches) this.#parts.failures.note(accountId, client);
    if (!known || !matches) throw new InvalidCredentials();
    await attempt.succeeded(known._id.toHexString());
    if (renewed !== undefined) await this.#renew(known, renewed);
    return ownAccount(known);
  }

  /** An account as its owner sees it. Throws `Unauthenticated` when it is gone. */
  async find(accountId: string): Promise<Account> {
    const record = await this.#accounts.findById(accountId).lean<AccountRecord>();
    if (!record) throw new Unauthenticated("The account is gone.");
    return ownAccount(record);
  }

  /**
   * Changes the password of the account, ends its other sessions and makes mailed tokens void, all or nothing. Returns
   * how many sessions it ended.
   * Throws `InvalidCredentials` when the current password is another, `BadUserInput` when the new one is no good, and
   * `RateLimited`.
   */
  async changePassword({ sub, sid }: AccessTokenClaims, input: unknown, client: Client): Promise<number> {
    const { models, sessions, revocations, events, mails } = this.#parts;
    const { currentPassword, newPassword } = parseInput(passwordChange, input);
    const record = await this.#accounts.findById(sub).lean<AccountRecord>();
    if (!record) throw new InvalidCredentials();
    await refuseGuessable("newPassword", newPassword, ownAccount(record));
    const attempt = await this.#throttles.admitPasswordChange(sub);
    const { matches } = await orGiveBack(attempt, this.#hasher.verify(record.passwordHash, currentPassword));
    if (!matches) throw new InvalidCredentials();
    await attempt.forget();
    const passwordHash = await this.#hasher.hash(newPassword);
    const revoked = await this.#inTransaction(async (session) => {
      // Of two changes at once, the second finds the password that it knows gone.
      const current = { _id: record._id, passwordHash: record.passwordHash };
      const changed = { $set: { passwordHash }, $inc: { passwordVersion: 1 } };
      const { matchedCount } = await this.#accounts.updateOne(current, changed, { session });
      if (matchedCount === 0) throw new InvalidCredentials();
      await models.PasswordReset.deleteOne({ _id: record._id }, { session });
      await events.record(sub, "PASSWORD_CHANGED", { ...client, sessionId: sid }, session);
      return sessions.endAllIn(sub, sid, session);
    });
    revocations.announce(revoked);
    mails.passwordChanged(record);
    return revoked.length;
  }

  /** The accounts with these ids, as the viewer may see them, in any order and without those that do not exist. */
  async findMany(viewerId: string, ids: readonly string[]): Promise<Account[]> {
    // All in the first batch, with room to spare, so that the cursor is at its end and needs no second round trip.
    const records = await this.#accounts
      .find({ _id: { $in: ids } })
      .batchSize(ids.length + 1)
      .lean();
    return records.map((record) => visibleTo(viewerId, record));
  }

  /** Keeps a stronger hash of the same password, unless the password was changed since it was checked. */
  async #renew({ _id, passwordHash }: AccountRecord, renewed: string): Promise<void> {
    await this.#accounts.updateOne({ _id, passwordHash }, { $set: { passwordHash: renewed } });
  }

  async #insert(wanted: Registration, record: AccountRecord, client: Client): Promise<Account> {
    try {
      await this.#inTransaction(async (session) => {
        await this.#accounts.create([record], { session });
        await this.#parts.events.record(record._id.toHexString(), "REGISTERED", client, session);
      });
      return ownAccount(record);
    } catch (error) {
      const path = duplicateKeyPath(error);
      if (path === undefined) throw error;
      const earlier = await this.#claimedBy(record);
      if (earlier) return this.#replay(wanted, earlier);
      refuseTaken(path);
      await this.#releaseExpired(record);
      return this.#insert(wanted, record, client);
    }
  }

  /**
   * The account that holds the same claim and still may. The read is linearizable: a replay answers like the first
   * call only once a majority has the account, so that no failover can take back what was answered.
   */
  async #claimedBy({ claim }: AccountRecord): Promise<AccountRecord | null> {
    if (!claim) return null;
    const held = { "claim.keyHash": claim.keyHash, "claim.until": { $gt: new Date() } };
    return this.#accounts.findOne(held).read("primary").readConcern("linearizable").lean();
  }

  async #replay(wanted: Registration, made: AccountRecord): Promise<Account> {
    const sameInput =
      made.username === wanted.username && made.displayName === wanted.displayName && made.email === wanted.email;
    if (!sameInput) throw new IdempotencyKeyReused();
    const { matches } = await this.#hasher.verify(made.passwordHash, wanted.password);
    if (!matches) throw new IdempotencyKeyReused();
    return ownAccount(made);
  }

  async #releaseExpired({ claim }: AccountRecord): Promise<void> {
    if (!claim) return;
    const expired = { "claim.keyHash": claim.keyHash, "claim.until": { $lte: new Date() } };
    await this.#accounts.updateOne(expired, { $unset: { claim: 1 } });
  }
}
