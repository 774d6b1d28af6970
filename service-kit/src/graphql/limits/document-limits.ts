import { type DocumentNode, GraphQLError, type ValidationRule } from "graphql";
import { QueryTooComplex } from "../../errors.ts";
import type { Limits } from "./limits.ts";
import { measure } from "./measure.ts";

/** An error that reaches the client as QUERY_TOO_COMPLEX. */
export const tooComplex = (message: string) =>
  new GraphQLError(message, { originalError: new QueryTooComplex(message) });

/**
 * The limits that a document alone decides, as a rule for graphql-js's `validate`. All rules go through a document side
 * by side; when it passes a limit, this one puts an empty document in its place, and so leaves the others nothing to
 * look at: what they'd have to say of it may take them long.
 */
export const documentLimits =
  (limits: Limits): ValidationRule =>
  (context) => ({
    Document(document) {
      const passed = limitsPassed(document, limits);
      for (const message of passed) context.reportError(tooComplex(message));
      return passed.length > 0 ? { ...document, definitions: [] } : undefined;
    },
  });

function limitsPassed(document: DocumentNode, limits: Limits): string[] {
  const size = measure(document, limits);
  const checks = [
    ["Fields are nested too deep", "depth"],
    ["There are too many aliases", "aliases"],
    ["There are too many directives", "directives"],
    ["There are too many root fields", "rootFields"],
    ["Too much is selected, with its fragments spread out", "selections"],
  ] as const;
  return checks
    .filter(([, name]) => size[name] > limits[name])
    .map(([what, name]) => `${what}: at most ${limits[name]} are allowed.`);
}
