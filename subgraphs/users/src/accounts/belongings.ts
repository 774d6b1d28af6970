import type { ClientSession } from "mongoose";
import type { ApiTokenService } from "../api-tokens/api-token-service.ts";
import type { Models } from "../models.ts";
import type { SessionService } from "../sessions/session-service.ts";

/** A kind of thing that an account has in a collection of its own. */
export interface Belonging {
  /** What it is called in an export. */
  readonly name: string;
  /** As the owner may take it along: without secrets, and without hashes of secrets. */
  show(accountId: string): Promise<readonly object[]>;
  /** Removes all of it, in the transaction that deletes the account. */
  remove(accountId: string, session: ClientSession): Promise<unknown>;
}

interface Parts {
  readonly models: Models;
  readonly sessions: SessionService;
  readonly apiTokens: ApiTokenService;
}

/**
 * All that belongs to an account: it is exported with it and goes with it. Whatever else comes to be kept of a person
 * has its entry here, and is added in transactions that call `enterAccount`.
 */
export function belongings({ models, sessions, apiTokens }: Parts): readonly Belonging[] {
  return [
    {
      name: "sessions",
      show: async (accountId) =>
        (await sessions.list(accountId)).map(({ _id, accountId: _, ...session }) => ({ id: _id, ...session })),
      remove: (accountId, session) => sessions.endAllIn(accountId, undefined, session),
    },
    {
      name: "apiTokens",
      show: async (accountId) =>
        (await apiTokens.list(accountId)).map(({ _id: id, name, scopes, createdAt, expiresAt, lastUsedAt }) => ({
          ...{ id, name, scopes, createdAt, expiresAt, lastUsedAt },
        })),
      remove: (accountId, session) => models.ApiToken.deleteMany({ accountId }, { session }),
    },
    {
      name: "familiarAddresses",
      show: async (accountId) => {
        const found = await models.FamiliarAddress.find({ accountId }).lean();
        return found.map(({ _id, expiresAt }) => ({ network: _id.slice(accountId.length + 1), expiresAt }));
      },
      remove: (accountId, session) => models.FamiliarAddress.deleteMany({ accountId }, { session }),
    },
    {
      name: "securityEvents",
      show: async (accountId) => {
        const found = await models.SecurityEvent.find({ accountId }).sort({ at: -1, _id: -1 }).lean();
        return found.map(({ _id, accountId: _, ...event }) => event);
      },
      remove: (accountId, session) => models.SecurityEvent.deleteMany({ accountId }, { session }),
    },
    {
      name: "passwordResets",
      show: async (accountId) => {
        const record = await models.PasswordReset.findById(accountId).lean();
        return (record?.mails ?? []).map(({ sentAt, expiresAt }) => ({ sentAt, expiresAt }));
      },
      remove: (accountId, session) => models.PasswordReset.deleteOne({ _id: accountId }, { session }),
    },
  ];
}
