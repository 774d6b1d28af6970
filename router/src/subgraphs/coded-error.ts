import { CodedError, isErrorCode } from "@tareas/service-kit/errors";
import type { Log } from "@tareas/service-kit/log";
import type { SubgraphResponseError } from "./call.ts";

// What our codes come with. Anything else in `extensions` could be a stack, an address or a query.
const knownDetails = ["fields", "version", "retryAfterSeconds", "requestId", "subgraph"];

/**
 * Makes of a subgraph's error what a client may see: message and known details when the code is one of ours, else
 * INTERNAL_SERVER_ERROR with the request id, and the original in the log.
 */
export function toCodedError(
  { message, path, extensions = {} }: SubgraphResponseError,
  where: { subgraph: string; requestId: string; log: Log },
): CodedError {
  const { subgraph, requestId, log } = where;
  const { code } = extensions;
  if (isErrorCode(code) && code !== "INTERNAL_SERVER_ERROR") {
    const details = Object.fromEntries(
      knownDetails.flatMap((name) => (name in extensions ? [[name, extensions[name]]] : [])),
    );
    return new CodedError(code, message, details);
  }
  log.error({ subgraph, requestId, code, path, upstreamMessage: message }, "masked an error of a subgraph");
  return new CodedError("INTERNAL_SERVER_ERROR", "Something went wrong on our side.", { requestId });
}
