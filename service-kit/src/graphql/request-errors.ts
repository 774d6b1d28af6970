import { GraphQLError } from "graphql";
import { CodedError, httpStatusOf } from "../errors.ts";

/** Apollo Server answers 500 when the context can't be made, unless the error carries a status of its own. */
export function withHttpStatus(error: unknown): unknown {
  if (!(error instanceof CodedError)) return error;
  const extensions = { code: error.code, http: { status: httpStatusOf[error.code] } };
  return new GraphQLError(error.message, { originalError: error, extensions });
}
