import type { FastifyRequest } from "fastify";
import type { OperationRequest } from "../execution/compiled-execution.ts";
import { isRecord } from "../is-record.ts";

/** Extensions of which none asks for anything: Apollo Client, for one, tells its version there. */
const isPlain = (extensions: unknown) =>
  extensions == null || (isRecord(extensions) && extensions.persistedQuery === undefined);

/**
 * The operation of a request that needs no second look: a POST whose body was read as JSON, by which it is no "simple"
 * request of another origin's page. Undefined for any other, and for what the GraphQL over HTTP specification does not know.
 */
export function operationOf({ method, body }: FastifyRequest): OperationRequest | undefined {
  if (method !== "POST" || !isRecord(body) || !isPlain(body.extensions)) return undefined;
  const { query, variables, operationName } = body;
  if (typeof query !== "string" || !(variables == null || isRecord(variables))) return undefined;
  if (!(operationName == null || typeof operationName === "string")) return undefined;
  return { query, operationName: operationName ?? "", variables: variables ?? {} };
}
