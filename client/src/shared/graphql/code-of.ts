import { CombinedGraphQLErrors } from "@apollo/client/errors";

/** The code of the first error of an answer; undefined when there was no answer at all. */
export const codeOf = (error: unknown): string | undefined =>
  CombinedGraphQLErrors.is(error) ? String(error.errors[0]?.extensions?.code) : undefined;
