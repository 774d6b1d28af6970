import { randomUUID } from "node:crypto";
import type { AccessTokenClaims } from "@tareas/service-kit/auth/access-token";
import { isApiToken, newApiToken } from "@tareas/service-kit/auth/api-token";
import type { Revocation } from "@tareas/service-kit/auth/revocations";
import { BadUserInput, IdempotencyKeyReused, NotFound, Unauthenticated } from "@tareas/service-kit/errors";
import type { Client } from "@tareas/service-kit/http/client";
import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import { parseInput } from "@tareas/service-kit/validation";
import { type ClientSession, Types } from "mongoose";
import { enterAccount } from "../accounts/enter-account.ts";
import { claimOf } from "../accounts/idempotency-claim.ts";
import type { Models } from "../models.ts";
import type { SecurityEvents } from "../security-events/security-events.ts";
import type { AccessToken, AccessTokenIssuer } from "../sessions/access-tokens.ts";
import { secretHash } from "../sessions/refresh-token.ts";
import type { RevocationLog } from "../sessions/revocation-log.ts";
import { type WantedApiToken, wantedApiToken } from "./api-token-input.ts";
import type { ApiTokenRecord } from "./api-token-model.ts";

interface Parts {
  readonly models: Models;
  readonly inTransaction: InTransaction;
  readonly revocations: RevocationLog;
  readonly tokens: AccessTokenIssuer;
  readonly events: SecurityEvents;
}

/** A token that was just made: the only moment in which it is known here. */
export interface NewApiToken {
  readonly token: string;
  readonly apiToken: ApiTokenRecord;
}

const mostTokens = 50;
const noteUseEveryMs = 60_000;

/** The `sid` of the access tokens that stand for an API token. */
const sessionIdOf = (id: string) => `pat:${id}`;

/** The personal API tokens of accounts (see docs/decisions/0013-api-tokens.md). */
export class ApiTokenService {
  readonly #parts: Parts;
  readonly #records: Models["ApiToken"];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#records = parts.models.ApiToken;
  }

  /** The tokens of an account that have not expired, the newest first. */
  async list(accountId: string): Promise<ApiTokenRecord[]> {
    return this.#records
      .find({ accountId, expiresAt: { $gt: new Date() } })
      .sort({ createdAt: -1 })
      .lean<ApiTokenRecord[]>();
  }

  /**
   * Makes a token. A token can't be shown twice, so the same key with the same input replaces the token that it made
   * before, within 24 hours; with another input it throws `IdempotencyKeyReused`. Throws `BadUserInput` for the 51st, and
   * `Unauthenticated` when the session has ended meanwhile, as by a password reset.
   */
  async create(
    { sub: accountId, sid }: AccessTokenClaims,
    input: unknown,
    idempotencyKey: string | null,
    client: Client,
  ): Promise<NewApiToken> {
    const wanted = parseInput(wantedApiToken, input);
    const claim = idempotencyKey === null ? undefined : claimOf(idempotencyKey);
    const token = newApiToken();
    const made = await this.#parts.inTransaction(async (session) => {
      const revoked = await this.#makeRoom(accountId, wanted, claim?.keyHash, client, session);
      // Whoever ends all sessions writes to the account too: this transaction sees all of that or none.
      const goesOn = await this.#parts.models.Session.exists({ _id: sid, accountId }).session(session);
      if (!goesOn) throw new Unauthenticated("The session has ended: sign in again.");
      const now = new Date();
      const apiToken: ApiTokenRecord = {
        _id: randomUUID(),
        accountId: new Types.ObjectId(accountId),
        tokenHash: secretHash(token),
        name: wanted.name,
        scopes: wanted.scopes,
        createdAt: now,
        expiresAt: new Date(now.getTime() + wanted.lifetimeMs),
        lastUsedAt: null,
        ...(claim && { claim }),
      };
      await this.#records.create([apiToken], { session });
      const source = { ...client, detail: wanted.name };
      await this.#parts.events.record(accountId, "API_TOKEN_CREATED", source, session);
      return { apiToken, revoked };
    });
    this.#parts.revocations.announce(made.revoked);
    return { token, apiToken: made.apiToken };
  }

  /** Revokes a token of an account. Throws `NotFound`. */
  async revoke(accountId: string, id: string, client: Client): Promise<void> {
    const filter = { _id: id, accountId };
    const revoked = await this.#parts.inTransaction((session) => this.#removeIn(filter, client, session));
    if (revoked.length === 0) throw new NotFound("API token");
    this.#parts.revocations.announce(revoked);
  }

  /** Revokes all tokens of an account as a part of a transaction. Returns what to announce when it is committed. */
  async revokeAllIn(accountId: string, client: Client, session: ClientSession): Promise<Revocation[]> {
    return this.#removeIn({ accountId }, client, session);
  }

  /**
   * A short-lived access token with the scopes of an API token (RFC 8693 in spirit); null for one that is unknown,
   * expired or revoked. Its use is noted, to the minute.
   */
  async exchange(token: string): Promise<AccessToken | null> {
    if (!isApiToken(token)) return null;
    const now = new Date();
    const record = await this.#records
      .findOne({ tokenHash: secretHash(token), expiresAt: { $gt: now } })
      .lean<ApiTokenRecord>();
    if (!record || !(await this.#parts.models.Account.exists({ _id: record.accountId }))) return null;
    const { _id, accountId, scopes, expiresAt, lastUsedAt } = record;
    if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= noteUseEveryMs)
      await this.#records.updateOne({ _id }, { $set: { lastUsedAt: now } });
    const grant = { accountId: accountId.toHexString(), sessionId: sessionIdOf(_id), scopes };
    return this.#parts.tokens.issue({ ...grant, notAfter: expiresAt });
  }

  /** Takes away what the same key made before, and throws unless there is room for one more. */
  async #makeRoom(
    accountId: string,
    wanted: WantedApiToken,
    keyHash: string | undefined,
    client: Client,
    session: ClientSession,
  ): Promise<Revocation[]> {
    // Of two transactions for one account the second begins anew and sees what the first made.
    await enterAccount(this.#parts.models, accountId, session);
    const now = new Date();
    const current = await this.#records
      .find({ accountId, expiresAt: { $gt: now } }, null, { session })
      .lean<ApiTokenRecord[]>();
    const earlier = current.find(({ claim }) => claim && claim.keyHash === keyHash && claim.until > now);
    if (earlier && !isSame(earlier, wanted)) throw new IdempotencyKeyReused();
    if (earlier) return this.#removeIn({ _id: earlier._id, accountId }, client, session);
    if (current.length >= mostTokens)
      throw new BadUserInput(
        [{ path: "apiTokens", code: "TOO_MANY" }],
        `An account has at most ${mostTokens} API tokens: revoke one first.`,
      );
    return [];
  }

  async #removeIn(
    filter: { readonly _id?: string; readonly accountId: string },
    client: Client,
    session: ClientSession,
  ): Promise<Revocation[]> {
    const found = await this.#records.find(filter, { name: 1 }, { session }).lean();
    for (const { name: detail } of found)
      await this.#parts.events.record(filter.accountId, "API_TOKEN_REVOKED", { ...client, detail }, session);
    const ids = found.map(({ _id }) => _id);
    await this.#records.deleteMany({ _id: { $in: ids } }, { session });
    return this.#parts.revocations.record(ids.map(sessionIdOf), session);
  }
}

const isSame = ({ name, scopes, createdAt, expiresAt }: ApiTokenRecord, wanted: WantedApiToken) =>
  name === wanted.name &&
  scopes.join() === wanted.scopes.join() &&
  expiresAt.getTime() - createdAt.getTime() === wanted.lifetimeMs;
