import type { GatewayExecutionResult } from "@apollo/server-gateway-interface";
import { GraphQLError } from "graphql";
import { FetchError } from "../subgraphs/fetch-error.ts";

type Path = readonly (string | number)[];

/**
 * Gives each error of a gateway's result the path of the null that it caused: a lost object's when it is null in the
 * answer, else those of its lost fields. Two errors never share a path: one null needs no second reason.
 */
export function placeErrors(result: GatewayExecutionResult): GatewayExecutionResult {
  const { data, errors = [] } = result;
  if (errors.length === 0) return withoutCompletionNotes(result);
  const seen = new Set<string>();
  const placed = errors.flatMap((error) =>
    pathsOf(error, data).flatMap((path) => {
      const key = JSON.stringify(path);
      if (path && seen.has(key)) return [];
      seen.add(key);
      return error.originalError instanceof FetchError ? [relocated(error, path)] : [error];
    }),
  );
  return { ...result, errors: placed };
}

const relocated = ({ message, originalError }: GraphQLError, path: Path | undefined) =>
  new GraphQLError(message, { originalError: originalError ?? null, path: path ?? null });

function pathsOf({ path, originalError }: GraphQLError, data: unknown): (Path | undefined)[] {
  if (!path) return [undefined];
  const lostKeys = originalError instanceof FetchError ? originalError.lostKeys : [];
  return expandLists(path, data).flatMap((concrete) => {
    const value = valueAt(data, concrete);
    if (typeof value !== "object" || value === null) return [concrete];
    const lost = lostKeys.filter((key) => key in value && (value as Record<string, unknown>)[key] === null);
    return lost.length > 0 ? lost.map((key) => [...concrete, key]) : [concrete];
  });
}

/** The gateway leaves `@`, any item of a list, in the paths of fetches that are not of entities. */
function expandLists(path: Path, data: unknown): Path[] {
  const at = path.indexOf("@");
  if (at < 0) return [path];
  const before = path.slice(0, at);
  const list = valueAt(data, before);
  if (!Array.isArray(list)) return [before];
  return list.flatMap((_, index) => expandLists([...before, index, ...path.slice(at + 1)], data));
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key], data);

/**
 * A subgraph that answers null, without an error, where the supergraph allows none makes the gateway null the next
 * object up and note it in `extensions.valueCompletion`. That is how a reference to something deleted looks: no error.
 * But an answer without any data has to say why.
 */
function withoutCompletionNotes({ data, extensions = {} }: GatewayExecutionResult): GatewayExecutionResult {
  const { valueCompletion, ...rest } = extensions;
  const others = Object.keys(rest).length > 0 && { extensions: rest };
  if (data !== null || !Array.isArray(valueCompletion)) return { ...(data !== undefined && { data }), ...others };
  return { data, errors: valueCompletion, ...others };
}
