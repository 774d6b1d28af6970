import { randomUUID } from "node:crypto";
import type { Revocation } from "@tareas/service-kit/auth/revocations";
import { NotFound, Unauthenticated } from "@tareas/service-kit/errors";
import type { Client } from "@tareas/service-kit/http/client";
import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import { type ClientSession, Types } from "mongoose";
import type { Account } from "../accounts/account.ts";
import { enterAccount } from "../accounts/enter-account.ts";
import type { Models } from "../models.ts";
import type { SecurityEvents } from "../security-events/security-events.ts";
import type { Throttles } from "../throttle/throttles.ts";
import { isRefreshToken, newRefreshToken, secretHash } from "./refresh-token.ts";
import type { RevocationLog } from "./revocation-log.ts";
import type { SessionRecord } from "./session-model.ts";

interface Parts {
  readonly models: Models;
  readonly inTransaction: InTransaction;
  readonly revocations: RevocationLog;
  readonly throttles: Pick<Throttles, "admitRefresh">;
  readonly events: SecurityEvents;
}

export interface SessionOptions {
  /** How long a refresh token lives, and with it a session that nobody uses. */
  readonly refreshTokenTtlMs: number;
  /** How long a used refresh token is taken once more, so that two tabs which refresh at once both live. */
  readonly reuseGraceMs: number;
}

/** A session that goes on, with the refresh token by which it does. */
export interface OpenedSession {
  readonly sessionId: string;
  readonly accountId: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

/** How a session comes to its end, and by whom. */
interface Ending {
  readonly type: "SIGNED_OUT" | "SESSION_ENDED";
  readonly client: Client;
}

/** What became of a refresh token that was presented. */
type Rotation = { readonly opened: OpenedSession } | { readonly revoked: Revocation[] } | undefined;

const mostSessions = 100;
const ended = () => new Unauthenticated("The session has ended: sign in again.");

/** The sessions of accounts. Refresh tokens are rotated at each use (RFC 9700, 4.14). */
export class SessionService {
  readonly #models: Models;
  readonly #inTransaction: InTransaction;
  readonly #revocations: RevocationLog;
  readonly #throttles: Parts["throttles"];
  readonly #events: SecurityEvents;
  readonly #options: SessionOptions;

  constructor({ models, inTransaction, revocations, throttles, events }: Parts, options: SessionOptions) {
    this.#models = models;
    this.#inTransaction = inTransaction;
    this.#revocations = revocations;
    this.#throttles = throttles;
    this.#events = events;
    this.#options = options;
  }

  /**
   * Begins a session of an account. Of more than 100, the ones that were not used for longest end.
   * Throws `Unauthenticated` when the account is gone, or its password was changed since it was looked at.
   */
  async open({ id: accountId, passwordVersion }: Account, client: Client): Promise<OpenedSession> {
    const sessionId = randomUUID();
    const opened = await this.#inTransaction(async (session) => {
      const now = new Date();
      const expiresAt = this.#expiry(now);
      const times = { createdAt: now, lastUsedAt: now, expiresAt };
      const record = { _id: sessionId, accountId: new Types.ObjectId(accountId), ...client, ...times };
      await this.#models.Session.create([record], { session });
      await this.#events.record(accountId, "SIGNED_IN", { ...client, sessionId }, session);
      const granted = await this.#grant(record, now, session);
      // Last, so that others who write to the account find it held for the commit alone.
      await enterAccount(this.#models, accountId, session, passwordVersion);
      return granted;
    });
    await this.#endOldest(accountId, client);
    return opened;
  }

  /**
   * Takes a refresh token and gives its successor. One that was used before ends the session, because one of its two
   * users is a thief; within the grace it counts as sent twice by the same. Throws `Unauthenticated`, and `RateLimited`
   * after many that were not good.
   */
  async refresh(token: string, client: Client): Promise<OpenedSession> {
    if (!isRefreshToken(token)) throw ended();
    const attempt = await this.#throttles.admitRefresh(client.address);
    const rotation = await this.#inTransaction((session) => this.#rotate(token, client, session));
    if (rotation && "opened" in rotation) {
      await attempt.giveBack();
      return rotation.opened;
    }
    if (rotation) this.#revocations.announce(rotation.revoked);
    throw ended();
  }

  /** The sessions of an account, the one that was used last first. */
  async list(accountId: string): Promise<SessionRecord[]> {
    return this.#models.Session.find({ accountId, expiresAt: { $gt: new Date() } })
      .sort({ lastUsedAt: -1 })
      .lean<SessionRecord[]>();
  }

  /** Ends one session of an account: the one that asks for it, or another. Throws `NotFound`. */
  async end(accountId: string, sessionId: string, ending: Ending): Promise<void> {
    if ((await this.#endWhere(accountId, { _id: sessionId }, ending)) === 0) throw new NotFound("session");
  }

  /** Ends all sessions of an account. Returns how many. */
  async endAll(accountId: string, client: Client): Promise<number> {
    return this.#endWhere(accountId, {}, { type: "SIGNED_OUT", client });
  }

  /** Ends all sessions of an account as a part of a transaction. Returns what to announce when it is committed. */
  async endAllIn(accountId: string, sparedId: string | undefined, session: ClientSession): Promise<Revocation[]> {
    return this.#endIn({ accountId, ...(sparedId !== undefined && { _id: { $ne: sparedId } }) }, session);
  }

  async #rotate(token: string, client: Client, session: ClientSession): Promise<Rotation> {
    const now = new Date();
    const _id = secretHash(token);
    const presented = await this.#models.RefreshToken.findOne({ _id, expiresAt: { $gt: now } }, null, {
      session,
    }).lean();
    if (!presented) return undefined;
    const { sessionId, usedAt } = presented;
    if (usedAt !== null && now.getTime() - usedAt.getTime() > this.#options.reuseGraceMs)
      return { revoked: await this.#endStolen(sessionId, client, session) };

    const use = { $set: { ...client, lastUsedAt: now, expiresAt: this.#expiry(now) } };
    const record = await this.#models.Session.findOneAndUpdate({ _id: sessionId }, use, {
      session,
    }).lean<SessionRecord>();
    if (!record) return undefined;
    if (usedAt === null) await this.#models.RefreshToken.updateOne({ _id }, { $set: { usedAt: now } }, { session });
    return { opened: await this.#grant(record, now, session) };
  }

  async #grant(
    { _id: sessionId, accountId }: Pick<SessionRecord, "_id" | "accountId">,
    now: Date,
    session: ClientSession,
  ): Promise<OpenedSession> {
    const refreshToken = newRefreshToken();
    const expiresAt = this.#expiry(now);
    const record = { _id: secretHash(refreshToken), sessionId, usedAt: null, expiresAt };
    await this.#models.RefreshToken.create([record], { session });
    return { sessionId, accountId: accountId.toHexString(), refreshToken, refreshTokenExpiresAt: expiresAt };
  }

  async #endStolen(sessionId: string, client: Client, session: ClientSession): Promise<Revocation[]> {
    const stolen = await this.#models.Session.findById(sessionId, { accountId: 1 }, { session }).lean();
    if (!stolen) return [];
    const source = { ...client, sessionId };
    await this.#events.record(stolen.accountId.toHexString(), "REFRESH_TOKEN_REUSED", source, session);
    return this.#endIn({ _id: sessionId }, session);
  }

  async #endWhere(accountId: string, filter: object, { type, client }: Ending): Promise<number> {
    const revoked = await this.#inTransaction(async (session) => {
      const revoked = await this.#endIn({ ...filter, accountId }, session);
      for (const { id: sessionId } of revoked)
        await this.#events.record(accountId, type, { ...client, sessionId }, session);
      return revoked;
    });
    this.#revocations.announce(revoked);
    return revoked.length;
  }

  async #endIn(filter: object, session: ClientSession): Promise<Revocation[]> {
    const found = await this.#models.Session.find(filter, { _id: 1 }, { session }).lean();
    const ids = found.map(({ _id }) => _id);
    await this.#models.Session.deleteMany({ _id: { $in: ids } }, { session });
    await this.#models.RefreshToken.deleteMany({ sessionId: { $in: ids } }, { session });
    return this.#revocations.record(ids, session);
  }

  async #endOldest(accountId: string, client: Client): Promise<void> {
    const surplus = await this.#models.Session.find({ accountId }, { _id: 1 })
      .sort({ lastUsedAt: -1 })
      .skip(mostSessions)
      .lean();
    const filter = { _id: { $in: surplus.map(({ _id }) => _id) } };
    if (surplus.length > 0) await this.#endWhere(accountId, filter, { type: "SESSION_ENDED", client });
  }

  readonly #expiry = (now: Date) => new Date(now.getTime() + this.#options.refreshTokenTtlMs);
}
