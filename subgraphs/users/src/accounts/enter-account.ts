import { Unauthenticated } from "@tareas/service-kit/errors";
import type { ClientSession } from "mongoose";
import type { Models } from "../models.ts";

/**
 * Makes this transaction meet any that deletes the account meanwhile: a transaction that adds something to an account
 * calls it, so that nothing is added to one that is gone. Throws `Unauthenticated` when it is gone or, if one is given,
 * when it has another password than that version by now.
 */
export async function enterAccount(
  { Account }: Pick<Models, "Account">,
  accountId: string,
  session: ClientSession,
  passwordVersion?: number,
): Promise<void> {
  const entered = { _id: accountId, ...(passwordVersion !== undefined && { passwordVersion }) };
  const { matchedCount } = await Account.updateOne(entered, { $inc: { additions: 1 } }, { session });
  if (matchedCount === 0) throw new Unauthenticated("The account is gone, or its password was changed just now.");
}
