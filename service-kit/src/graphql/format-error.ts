import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { DeadlineExceeded } from "../deadline.ts";
import { CodedError, SubgraphTimeout, SubgraphUnavailable } from "../errors.ts";
import type { Log } from "../log.ts";
import { isOutOfReach } from "../mongo/out-of-reach.ts";
import { currentScope } from "../request-scope.ts";

// Codes of GraphQL itself and of Apollo Server: about the request, not about our data, and safe to show.
const protocolCodes = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
]);

const maxTimeMsExpired = 50;

/** It is about the request's deadline, whoever noticed first: our own clock, or MongoDB, which was told of it. */
const isTooLate = (error: unknown) =>
  error instanceof DeadlineExceeded || (error as { code?: unknown } | undefined)?.code === maxTimeMsExpired;

/** What a resolver, the context or a plugin threw: graphql-js and Apollo Server wrap it. */
const causeOf = (thrown: unknown) => (thrown instanceof GraphQLError && thrown.originalError) || thrown;

// The words of graphql-js and of Apollo Server, which give these errors no code of their own.
const tooManyTokens = /^Syntax Error: Document contains more that (\d+) tokens/;
const tooDeepToParse = "Maximum call stack size exceeded";
const batch = "Operation batching disabled.";
const badPersistedQuery = ["provided sha does not match query", "Unsupported persisted query version"];
const suggestion = / ?Did you mean .+\?$/s;

/** The limits that others check, in our words; undefined for any other error. */
function limitPassed({ message, extensions = {} }: GraphQLFormattedError): string | undefined {
  if (message === batch) return "A request holds one operation, not a list of them.";
  if (extensions.code !== "GRAPHQL_PARSE_FAILED") return undefined;
  if (message === tooDeepToParse) return "The document is nested too deep.";
  const most = tooManyTokens.exec(message)?.[1];
  return most && `The document is too long: at most ${most} tokens are allowed.`;
}

interface FormatErrorOptions {
  /** Whether graphql-js may suggest names for a misspelt one, which tells who asks the schema bit by bit. */
  readonly suggestions: boolean;
}

/**
 * Makes what the client sees of an error, for Apollo Server's `formatError`: coded errors as they are, errors of the
 * request as Apollo words them, all else masked as INTERNAL_SERVER_ERROR with the request id, and logged.
 */
export function createFormatError(subgraph: string, log: Log, { suggestions }: FormatErrorOptions) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const { message, locations, path } = formatted;
    const limit = limitPassed(formatted);
    if (limit) return { message: limit, extensions: { code: "QUERY_TOO_COMPLEX" } };

    const where = { ...(locations && { locations }), ...(path && { path }) };
    const cause = causeOf(thrown);
    if (cause instanceof CodedError) return present(cause, where);
    if (isTooLate(cause)) {
      log.warn({ err: cause, requestId: currentScope()?.requestId, path }, "the deadline is over");
      return present(new SubgraphTimeout(subgraph), where);
    }
    if (isOutOfReach(cause)) {
      log.warn({ err: cause, requestId: currentScope()?.requestId, path }, "MongoDB did not do it");
      return present(new SubgraphUnavailable(subgraph), where);
    }

    const isBadInput = cause === thrown && badPersistedQuery.includes(message);
    const code = isBadInput ? "BAD_USER_INPUT" : String(formatted.extensions?.code);
    if (protocolCodes.has(code)) {
      const shown = suggestions ? message : message.replace(suggestion, "");
      return { message: shown, ...where, extensions: { code } };
    }

    const requestId = currentScope()?.requestId;
    log.error({ err: cause, requestId, path }, "internal error");
    return {
      message: "Something went wrong on our side.",
      ...where,
      extensions: { code: "INTERNAL_SERVER_ERROR", ...(requestId && { requestId }) },
    };
  };
}

const present = ({ message, code, details }: CodedError, where: Pick<GraphQLFormattedError, "locations" | "path">) => ({
  message,
  ...where,
  extensions: { code, ...details },
});
