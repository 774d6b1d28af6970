import type { Viewer } from "@tareas/service-kit/auth/viewer";
import type { SubgraphRequest } from "@tareas/service-kit/graphql/subgraph-server";
import type { Client } from "@tareas/service-kit/http/client";
import type { AccountDeletion } from "./accounts/account-deletion.ts";
import type { AccountExport } from "./accounts/account-export.ts";
import { AccountLoader } from "./accounts/account-loader.ts";
import type { AccountProfile } from "./accounts/account-profile.ts";
import type { AccountService } from "./accounts/account-service.ts";
import type { ApiTokenService } from "./api-tokens/api-token-service.ts";
import type { PasswordResetService } from "./password-resets/password-reset-service.ts";
import type { SecurityEvents } from "./security-events/security-events.ts";
import type { AccessTokenIssuer } from "./sessions/access-tokens.ts";
import { noSessionCookie, readSessionCookie, sessionCookie } from "./sessions/session-cookie.ts";
import type { SessionService } from "./sessions/session-service.ts";

export interface Services {
  readonly accounts: AccountService;
  readonly profiles: AccountProfile;
  readonly deletion: AccountDeletion;
  readonly exports: AccountExport;
  readonly sessions: SessionService;
  readonly apiTokens: ApiTokenService;
  readonly tokens: AccessTokenIssuer;
  readonly events: SecurityEvents;
  readonly passwordResets: PasswordResetService;
}

/** A browser's refresh token. */
export interface SessionCookie {
  read(): string | undefined;
  write(refreshToken: string, expiresAt: Date): void;
  clear(): void;
}

/** What the resolvers of one request share. */
export interface UsersContext extends Services {
  readonly viewer: Viewer;
  readonly caller: string | null;
  readonly client: Client;
  readonly cookie: SessionCookie;
  readonly users: AccountLoader;
  /** The key of the next write; null without an Idempotency-Key. */
  readonly nextIdempotencyKey: () => string | null;
}

export function createContext(request: SubgraphRequest, services: Services): UsersContext {
  const { viewer, caller, client, idempotencyKey } = request;
  let writes = 0;
  return {
    ...services,
    ...{ viewer, caller, client },
    cookie: cookieOf(request),
    users: new AccountLoader(viewer, services.accounts),
    // Mutations run in the order they are written in, so a repeated request numbers them alike.
    nextIdempotencyKey: () => idempotencyKey && `${idempotencyKey} ${writes++}`,
  };
}

const cookieOf = ({ cookies, setCookie }: SubgraphRequest): SessionCookie => ({
  read: () => readSessionCookie(cookies),
  write: (refreshToken, expiresAt) => setCookie(sessionCookie(refreshToken, expiresAt)),
  clear: () => setCookie(noSessionCookie()),
});
