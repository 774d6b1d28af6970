import type { ApolloServer } from "@apollo/server";
import { CodedError, type ErrorCode, isErrorCode, NotFound } from "@tareas/service-kit/errors";
import type { FastifyRequest } from "fastify";
import type { GraphQLFormattedError } from "graphql";
import type { CreateContext, RouterContext } from "../graphql/context.ts";

/** What could not be had, though the answer as a whole could. */
export interface Warning {
  readonly code: string;
  readonly detail: string;
  readonly subgraph?: string;
}

export interface OperationResult<Result> {
  readonly result: Result;
  /** Empty when all of it could be had. */
  readonly warnings: readonly Warning[];
}

/** Runs a named operation on behalf of an HTTP request; its only root field has to be called `result`. */
export type RunOperation = <Result>(
  request: FastifyRequest,
  query: string,
  variables?: Record<string, unknown>,
) => Promise<OperationResult<Result>>;

/** Operations run as they would through `/graphql`. Throws the coded error of a root field that failed. */
export function operationRunner(apollo: ApolloServer<RouterContext>, createContext: CreateContext): RunOperation {
  return async <Result>(request: FastifyRequest, query: string, variables: Record<string, unknown> = {}) => {
    const contextValue = await createContext(request);
    const { body } = await apollo.executeOperation<{ result: Result | null }>({ query, variables }, { contextValue });
    if (body.kind !== "single") throw new TypeError("no operation of ours is incremental");
    const { data, errors = [] } = body.singleResult;
    const result = data?.result;
    if (result == null) throw errors[0] ? codedErrorOf(errors[0]) : new NotFound("resource");
    return { result, warnings: warningsOf(errors) };
  };
}

function codedErrorOf({ message, extensions = {} }: GraphQLFormattedError): CodedError {
  const { code, ...details } = extensions;
  if (isErrorCode(code)) return new CodedError(code, message, details);
  // The operations are ours, so it is the supergraph that lacks what they ask for.
  if (code === "GRAPHQL_VALIDATION_FAILED") return new NotFound("resource in this supergraph");
  const masked: ErrorCode = "INTERNAL_SERVER_ERROR";
  return new CodedError(masked, "Something went wrong on our side.");
}

/** One for each reason, not one for each place. */
function warningsOf(errors: readonly GraphQLFormattedError[]): Warning[] {
  const warnings = errors.map(({ message, extensions = {} }) => ({
    code: String(extensions.code),
    detail: message,
    ...(typeof extensions.subgraph === "string" && { subgraph: extensions.subgraph }),
  }));
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}
