import type { Client } from "@tareas/service-kit/http/client";
import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import type { Models } from "../models.ts";
import type { SecurityEvents } from "../security-events/security-events.ts";
import type { AccountService } from "./account-service.ts";
import type { Belonging } from "./belongings.ts";
import { enterAccount } from "./enter-account.ts";

interface Parts {
  readonly models: Pick<Models, "Account">;
  readonly inTransaction: InTransaction;
  readonly accounts: AccountService;
  readonly belongings: readonly Belonging[];
  readonly events: SecurityEvents;
}

/** What this subgraph knows of a person, for them to take along. */
export interface ExportedAccount {
  readonly id: string;
  readonly exportedAt: Date;
}

/** All that is kept of an account, but for secrets. */
export class AccountExport {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The account as its owner sees it, with a list for each kind of thing that it has. Throws `Unauthenticated` when it is gone. */
  async of(accountId: string, client: Client): Promise<object> {
    const { models, inTransaction, accounts, belongings, events } = this.#parts;
    const account = await accounts.find(accountId);
    await inTransaction(async (session) => {
      await enterAccount(models, accountId, session);
      await events.record(accountId, "DATA_EXPORTED", client, session);
    });
    const shown = belongings.map(async ({ name, show }) => [name, await show(accountId)] as const);
    const { passwordVersion: _, ...own } = account;
    return { ...own, ...Object.fromEntries(await Promise.all(shown)) };
  }
}
