import type { AccountService } from "./account-service.ts";
import type { Belonging } from "./belongings.ts";

/** What this subgraph knows of a person, for them to take along. */
export interface ExportedAccount {
  readonly id: string;
  readonly exportedAt: Date;
}

/** All that is kept of an account, but for secrets. */
export class AccountExport {
  readonly #accounts: AccountService;
  readonly #belongings: readonly Belonging[];

  constructor(accounts: AccountService, belongings: readonly Belonging[]) {
    this.#accounts = accounts;
    this.#belongings = belongings;
  }

  /** The account as its owner sees it, with a list for each kind of thing that it has. Throws `Unauthenticated` when it is gone. */
  async of(accountId: string): Promise<object> {
    const account = await this.#accounts.find(accountId);
    const shown = this.#belongings.map(async ({ name, show }) => [name, await show(accountId)] as const);
    return { ...account, ...Object.fromEntries(await Promise.all(shown)) };
  }
}
