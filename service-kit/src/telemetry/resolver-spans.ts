import type { GraphQLField, GraphQLSchema } from "graphql";
import { fieldsOf } from "../graphql/schema-fields.ts";
import { currentTraceId, inSpan } from "./spans.ts";

/**
 * A span for each field that has a resolver of its own, named after it (`Query.tasks`). Those that only hand out what is
 * there have none.
 */
export function traceResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const { type, field } of fieldsOf(schema)) traceField(type.name, field);
  return schema;
}

function traceField(typeName: string, field: GraphQLField<unknown, unknown>): void {
  const { resolve, name } = field;
  if (!resolve) return;
  const spanName = `${typeName}.${name}`;
  const resolveInSpan: typeof resolve = async (source, args, context, info) => {
    let result: unknown;
    await inSpan(spanName, {}, async () => {
      result = await resolve(source, args, context, info);
      if (Array.isArray(result)) await Promise.allSettled(result); // a list may hold what is not there yet
    });
    return result;
  };
  // A page of tasks has some hundred such fields: where nothing is recorded each would cost promises and contexts for nothing.
  field.resolve = (source, args, context, info) =>
    (currentTraceId() === undefined ? resolve : resolveInSpan)(source, args, context, info);
}
