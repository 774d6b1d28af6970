import type { GraphQLAnswer } from "../../support/person.ts";
import type { Outcome } from "../attack.ts";

type Answer = Pick<GraphQLAnswer<unknown>, "errors">;

/** Refused with these codes and no other, or succeeded without an error. Throws for any other answer. */
export function outcomeOf({ errors }: Answer, ...refusals: readonly string[]): Outcome {
  const codes = errors.map(({ extensions }) => String(extensions.code));
  if (codes.length === 0) return "succeeded";
  if (codes.every((code) => refusals.includes(code))) return "refused";
  throw new Error(`neither refused nor successful: ${JSON.stringify(errors)}`);
}
