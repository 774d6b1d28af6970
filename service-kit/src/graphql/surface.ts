import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { costLimit } from "./limits/cost-limit.ts";
import { documentLimits } from "./limits/document-limits.ts";
import type { Limits } from "./limits/limits.ts";
import { noteOperation } from "./note-operation.ts";

export interface Surface {
  readonly limits: Limits;
  /** Whether clients may read the schema, and are helped with what they misspell of it. */
  readonly introspection: boolean;
}

/** Anyone may read the schema while it is being worked on; in production only if the settings say so. */
export const allowsIntrospection = (settings: { NODE_ENV: string; INTROSPECTION?: boolean | undefined }) =>
  settings.INTROSPECTION ?? settings.NODE_ENV !== "production";

/** What Apollo Server lets in and lets out: the same at the router and at a subgraph that is called directly. */
export const surfaceOptions = ({ limits, introspection }: Surface) => ({
  introspection,
  hideSchemaDetailsFromClientErrors: !introspection,
  includeStacktraceInErrorResponses: false,
  // A page of another origin can send a form or plain text without asking first (a "simple" request of the Fetch
  // standard): such a request, and a GET, needs a header that makes the browser ask.
  csrfPrevention: true,
  allowBatchedHttpRequests: false,
  parseOptions: { maxTokens: limits.tokens },
  validationRules: [documentLimits(limits)],
  plugins: [ApolloServerPluginLandingPageDisabled(), noteOperation, costLimit(limits)],
  stopOnTerminationSignals: false,
});
