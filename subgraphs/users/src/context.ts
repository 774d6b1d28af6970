import type { Viewer } from "@tareas/service-kit/auth/viewer";
import type { SubgraphRequest } from "@tareas/service-kit/graphql/subgraph-server";
import { AccountLoader } from "./accounts/account-loader.ts";
import type { AccountService } from "./accounts/account-service.ts";
import type { AccessTokenIssuer } from "./sessions/access-tokens.ts";

interface Services {
  readonly accounts: AccountService;
  readonly tokens: AccessTokenIssuer;
}

/** What the resolvers of one request share. */
export interface UsersContext extends Services {
  readonly viewer: Viewer;
  readonly users: AccountLoader;
  /** The key of the next write; null without an Idempotency-Key. */
  readonly nextIdempotencyKey: () => string | null;
}

export function createContext({ viewer, idempotencyKey }: SubgraphRequest, services: Services): UsersContext {
  let writes = 0;
  return {
    ...services,
    viewer,
    users: new AccountLoader(viewer, services.accounts),
    // Mutations run in the order they are written in, so a repeated request numbers them alike.
    nextIdempotencyKey: () => idempotencyKey && `${idempotencyKey} ${writes++}`,
  };
}
