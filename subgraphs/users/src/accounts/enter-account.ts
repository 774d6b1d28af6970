import { Unauthenticated } from "@tareas/service-kit/errors";
import type { ClientSession } from "mongoose";
import type { Models } from "../models.ts";

/**
 * Makes this transaction meet any that deletes the account meanwhile: a transaction that adds something to an account
 * calls it, so that nothing is added to one that is gone. Throws `Unauthenticated` when it is gone.
 */
export async function enterAccount(
  { Account }: Pick<Models, "Account">,
  accountId: string,
  session: ClientSession,
): Promise<void> {
  const { matchedCount } = await Account.updateOne({ _id: accountId }, { $inc: { additions: 1 } }, { session });
  if (matchedCount === 0) throw new Unauthenticated("The account is gone.");
}
