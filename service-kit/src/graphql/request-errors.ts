import { HeaderMap } from "@apollo/server";
import { GraphQLError } from "graphql";
import { CodedError, httpStatusOf } from "../errors.ts";

/** Apollo Server answers 500 when the context can't be made, unless the error carries a status of its own. */
export function withHttpStatus(error: unknown): unknown {
  if (!(error instanceof CodedError)) return error;
  const status = httpStatusOf[error.code];
  // RFC 9110, 15.5.2: a 401 names the way to authenticate.
  const headers = new HeaderMap(status === 401 ? [["www-authenticate", "Bearer"]] : []);
  const extensions = { code: error.code, http: { status, headers } };
  return new GraphQLError(error.message, { originalError: error, extensions });
}
