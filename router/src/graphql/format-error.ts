import { createFormatError } from "@tareas/service-kit/graphql/format-error";
import type { Log } from "@tareas/service-kit/log";
import type { GraphQLFormattedError } from "graphql";

// The words of graphql-js and of Apollo Server, which give these errors no code of their own.
const tooManyTokens = /^Syntax Error: Document contains more that \d+ tokens/;
const batch = "Operation batching disabled.";

/** Apollo Server's `formatError` for the router: as everywhere, and the limits that others check are QUERY_TOO_COMPLEX too. */
export function createRouterFormatError(log: Log, tokenLimit: number) {
  const formatError = createFormatError("router", log);
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    if (formatted.message === batch) return tooComplex("A request holds one operation, not a list of them.");
    if (!tooManyTokens.test(formatted.message)) return formatError(formatted, thrown);
    return tooComplex(`The document is too long: at most ${tokenLimit} tokens are allowed.`);
  };
}

const tooComplex = (message: string): GraphQLFormattedError => ({ message, extensions: { code: "QUERY_TOO_COMPLEX" } });
