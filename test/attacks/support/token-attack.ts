import { send } from "../../support/person.ts";
import { type Attack, everywhere, type Outcome, type Target } from "../attack.ts";
import { outcomeOf } from "./answers.ts";
import { Forger } from "./forger.ts";

/** An Authorization header is taken when the simplest of operations is answered: a bad one never counts as none. */
export const withAuthorization = async ({ url }: Target, authorization: string): Promise<Outcome> =>
  outcomeOf(await send(url, "{ __typename }", {}, { authorization }), "UNAUTHENTICATED");

type MakeToken = (forger: Forger, target: Target) => string;

/** An attack by an access token that is like the victim's, but for what `make` changes. */
export const token = (name: string, make: MakeToken): Attack => ({
  name,
  at: everywhere,
  attempt: (target) => withAuthorization(target, `Bearer ${make(new Forger(target.product), target)}`),
});

/** An attack by a whole Authorization header. */
export const header = (value: string): Attack => ({
  name: `the header ${JSON.stringify(value)}`,
  at: everywhere,
  attempt: (target) => withAuthorization(target, value),
});
