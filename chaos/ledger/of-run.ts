import type { StoredTask } from "./check-ledger.ts";
import type { Ledger } from "./ledger.ts";

/**
 * Of all stored tasks those that a ledger has to answer for: what belongs to one of the load's accounts, and what the load
 * made, wherever it has landed. The rest is of people whom a probe has brought along.
 */
export function ofRun(
  stored: readonly StoredTask[],
  ledger: Pick<Ledger, "owns">,
  accounts: readonly { readonly id: string }[],
): StoredTask[] {
  const ids = new Set(accounts.map(({ id }) => id));
  return stored.filter(({ ownerId, title }) => ids.has(ownerId) || ledger.owns(title));
}
