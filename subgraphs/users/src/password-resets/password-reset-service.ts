import { BadUserInput } from "@tareas/service-kit/errors";
import type { Client } from "@tareas/service-kit/http/client";
import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import { parseInput } from "@tareas/service-kit/validation";
import type { ClientSession, Types } from "mongoose";
import { type AccountRecord, ownAccount } from "../accounts/account-model.ts";
import { enterAccount } from "../accounts/enter-account.ts";
import { nameKey } from "../accounts/names.ts";
import type { PasswordHasher } from "../accounts/password-hasher.ts";
import { refuseGuessable } from "../accounts/password-policy.ts";
import type { ApiTokenService } from "../api-tokens/api-token-service.ts";
import type { AccountMails } from "../mail/account-mails.ts";
import type { Models } from "../models.ts";
import type { SecurityEvents } from "../security-events/security-events.ts";
import { secretHash } from "../sessions/refresh-token.ts";
import type { RevocationLog } from "../sessions/revocation-log.ts";
import type { SessionService } from "../sessions/session-service.ts";
import { orGiveBack, type Throttles } from "../throttle/throttles.ts";
import type { Later } from "./later.ts";
import { passwordReset, resetRequest } from "./password-reset-input.ts";
import type { ResetMail } from "./password-reset-model.ts";
import { newResetToken } from "./reset-token.ts";

interface Parts {
  readonly models: Models;
  readonly inTransaction: InTransaction;
  readonly sessions: SessionService;
  readonly revocations: RevocationLog;
  readonly events: SecurityEvents;
  readonly mails: AccountMails;
  readonly apiTokens: ApiTokenService;
  readonly hasher: PasswordHasher;
  readonly throttles: Pick<Throttles, "admitResetRequest" | "admitReset">;
  readonly later: Later;
}

const mostMails = 3;
const perMs = 60 * 60 * 1_000;
const invalidToken = () => new BadUserInput([{ path: "token", code: "INVALID" }]);

/** New passwords for those who can read an account's mail. */
export class PasswordResetService {
  readonly #parts: Parts;
  readonly #resets: Models["PasswordReset"];
  readonly #tokenTtlMs: number;

  /** `tokenTtlMs` is an hour at most: for as long it is known what was mailed. */
  constructor(parts: Parts, tokenTtlMs: number) {
    this.#parts = parts;
    this.#resets = parts.models.PasswordReset;
    this.#tokenTtlMs = tokenTtlMs;
  }

  /**
   * Mails a token to the account with this e-mail address, if there is one and it got fewer than three within the
   * hour. All of that happens later, so that neither the answer nor its time tells which. Throws `BadUserInput`, and
   * `RateLimited` after many from one address.
   */
  async request(input: unknown, client: Client): Promise<void> {
    const { email } = parseInput(resetRequest, input);
    await this.#parts.throttles.admitResetRequest(client.address);
    this.#parts.later.do(() => this.#mail(nameKey(email), client));
  }

  /**
   * Sets the password of the account that the token was mailed to; all its sessions end, all its API tokens are
   * revoked, and all its reset tokens count no more. Returns how many sessions. Throws `BadUserInput`, and `RateLimited`
   * after many bad tokens; whether one was used, is too old or never existed is one answer after one look-up.
   */
  async reset(input: unknown, client: Client): Promise<number> {
    const { hasher, throttles, inTransaction, revocations, mails } = this.#parts;
    const { token, newPassword } = parseInput(passwordReset, input);
    const attempt = await throttles.admitReset(client.address);
    const holder = await this.#resets.findOne(holding(secretHash(token)), { _id: 1 }).lean();
    const account = holder && (await this.#parts.models.Account.findById(holder._id).lean<AccountRecord>());
    if (!account) throw invalidToken();
    await orGiveBack(attempt, refuseGuessable("newPassword", newPassword, ownAccount(account)));
    const passwordHash = await orGiveBack(attempt, hasher.hash(newPassword));
    const ended = await inTransaction((session) => this.#use(token, passwordHash, client, session));
    revocations.announce([...ended.sessions, ...ended.apiTokens]);
    mails.passwordChanged(account);
    await attempt.giveBack();
    return ended.sessions.length;
  }

  async #use(token: string, passwordHash: string, client: Client, session: ClientSession) {
    const { models, sessions, apiTokens, events } = this.#parts;
    // Of two uses at once, the second meets the first one's write, begins again, and finds nothing.
    const used = await this.#resets
      .findOneAndDelete(holding(secretHash(token)), { session })
      .lean<{ _id: Types.ObjectId }>();
    if (!used) throw invalidToken();
    const changed = { $set: { passwordHash }, $inc: { passwordVersion: 1 } };
    const { matchedCount } = await models.Account.updateOne({ _id: used._id }, changed, { session });
    if (matchedCount === 0) throw invalidToken();
    const accountId = used._id.toHexString();
    const ended = {
      sessions: await sessions.endAllIn(accountId, undefined, session),
      apiTokens: await apiTokens.revokeAllIn(accountId, client, session),
    };
    await events.record(accountId, "PASSWORD_RESET", client, session);
    return ended;
  }

  async #mail(emailKey: string, client: Client): Promise<void> {
    const { models, inTransaction, events, mails } = this.#parts;
    const account = await models.Account.findOne({ emailKey }).lean<AccountRecord>();
    if (!account) return;
    const token = newResetToken();
    const isGranted = await inTransaction(async (session) => {
      await enterAccount(models, account._id.toHexString(), session);
      // Not to an address that was given up meanwhile.
      if (!(await models.Account.exists({ _id: account._id, emailKey }).session(session))) return false;
      const now = Date.now();
      const recent = await this.#resets.findById(account._id, null, { session }).lean();
      const counted = (recent?.mails ?? []).filter(({ sentAt }) => sentAt.getTime() > now - perMs);
      if (counted.length >= mostMails) return false;
      const mails = [...counted, this.#mailOf(token, now)];
      const until = new Date(now + perMs);
      await this.#resets.updateOne({ _id: account._id }, { $set: { mails, until } }, { session, upsert: true });
      await events.record(account._id.toHexString(), "PASSWORD_RESET_REQUESTED", client, session);
      return true;
    });
    // To the address that is stored, never to the one that was typed: two that look alike may be two mailboxes.
    if (isGranted) mails.passwordReset(account, token);
  }

  #mailOf(token: string, now: number): ResetMail {
    return { tokenHash: secretHash(token), sentAt: new Date(now), expiresAt: new Date(now + this.#tokenTtlMs) };
  }
}

const holding = (tokenHash: string) => ({ mails: { $elemMatch: { tokenHash, expiresAt: { $gt: new Date() } } } });
