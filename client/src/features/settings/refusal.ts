import { CombinedGraphQLErrors } from "@apollo/client/errors";

/** Why something was not done: without a code when there was no answer. `fields` is what was wrong with which input. */
export interface Refusal {
  readonly code?: string;
  readonly fields: readonly { readonly path: string; readonly code: string }[];
}

export function refusalOf(error: unknown): Refusal {
  const extensions = CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions : undefined;
  if (!extensions) return { fields: [] };
  return { code: String(extensions.code), fields: (extensions.fields ?? []) as Refusal["fields"] };
}
