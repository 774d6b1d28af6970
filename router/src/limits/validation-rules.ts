import { maxAliasesRule } from "@escape.tech/graphql-armor-max-aliases";
import { maxDepthRule } from "@escape.tech/graphql-armor-max-depth";
import { maxDirectivesRule } from "@escape.tech/graphql-armor-max-directives";
import { QueryTooComplex } from "@tareas/service-kit/errors";
import { GraphQLError, type ValidationContext, type ValidationRule } from "graphql";
import type { Limits } from "./limits.ts";
import { maxRootFieldsRule } from "./max-root-fields.ts";

/** A validation error that reaches the client as QUERY_TOO_COMPLEX. */
export const tooComplex = (message: string) =>
  new GraphQLError(message, { originalError: new QueryTooComplex(message) });

/** The limits that a document alone decides, as rules for graphql-js's `validate`. */
export function limitRules({ depth, aliases, directives, rootFields }: Limits): ValidationRule[] {
  return [
    maxDepthRule({ n: depth, flattenFragments: true, ...reporting("Fields are nested too deep", depth) }),
    maxAliasesRule({ n: aliases, ...reporting("There are too many aliases", aliases) }),
    maxDirectivesRule({ n: directives, ...reporting("There are too many directives", directives) }),
    maxRootFieldsRule(rootFields, reportTo("There are too many root fields", rootFields)),
  ] as ValidationRule[];
}

const reportTo = (what: string, limit: number) => (context: ValidationContext) =>
  context.reportError(tooComplex(`${what}: at most ${limit} are allowed.`));

/** Has one of graphql-armor's rules report our error, where it would throw one of its own. */
const reporting = (what: string, limit: number) => {
  const report = reportTo(what, limit);
  return {
    onReject: [(context: ValidationContext | null) => context && report(context)],
    propagateOnRejection: false,
  };
};
