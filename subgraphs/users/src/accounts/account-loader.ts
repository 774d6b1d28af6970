import type { Viewer } from "@tareas/service-kit/auth/viewer";
import DataLoader from "dataloader";
import type { Account } from "./account.ts";
import type { AccountService } from "./account-service.ts";

const maxBatchSize = 1_000;
const accountId = /^[0-9a-f]{24}$/;

/** Finds accounts for one request: those asked for at the same time in one query, each at most once. */
export class AccountLoader {
  readonly #byId: DataLoader<string, Account | null>;
  readonly #viewer: Viewer;

  constructor(viewer: Viewer, accounts: AccountService) {
    this.#viewer = viewer;
    this.#byId = new DataLoader(async (ids) => inOrder(ids, await accounts.findMany(viewer.require(), ids)), {
      maxBatchSize,
    });
  }

  /** The account, or null when there is none. An id may come as any JSON value. Throws `Unauthenticated` for nobody. */
  async find(id: unknown): Promise<Account | null> {
    this.#viewer.require();
    return typeof id === "string" && accountId.test(id) ? this.#byId.load(id) : null;
  }
}

function inOrder(ids: readonly string[], found: readonly Account[]): (Account | null)[] {
  const byId = new Map(found.map((account) => [account.id, account]));
  return ids.map((id) => byId.get(id) ?? null);
}
