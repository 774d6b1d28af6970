import type { FieldNode, GraphQLField, ValueNode } from "graphql";
import { Kind } from "graphql";

type Variables = Readonly<Record<string, unknown>>;

/** Whether an argument of this name says how large a page is. */
export const isSizing = (name: string): boolean => name === "first" || name === "last";

/** What a page holds when neither the operation nor the schema says. */
const assumedPageSize = 20;

/**
 * How many items a field's `first` or `last` lets it return, by literal, variable or the schema's default;
 * undefined for a field that has neither argument.
 */
export function pageSizeOf(
  node: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
  variables: Variables,
): number | undefined {
  const sizing = args.filter(({ name }) => isSizing(name));
  if (sizing.length === 0) return undefined;
  const given = (node.arguments ?? [])
    .filter(({ name }) => isSizing(name.value))
    .map(({ value }) => numberOf(value, variables))
    .filter((value) => value !== undefined);
  const defaults = sizing.map(({ defaultValue }) => defaultValue).filter((value) => typeof value === "number");
  const sizes = given.length > 0 ? given : defaults;
  return sizes.length > 0 ? Math.max(0, ...sizes) : assumedPageSize;
}

/** How many entities a federated `_entities` field is asked for; undefined for any other field. */
export function entityCountOf(node: FieldNode, variables: Variables): number | undefined {
  if (node.name.value !== "_entities") return undefined;
  const value = node.arguments?.find(({ name }) => name.value === "representations")?.value;
  if (value?.kind === Kind.LIST) return value.values.length;
  const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  return Array.isArray(given) ? given.length : 1;
}

function numberOf(value: ValueNode, variables: Variables): number | undefined {
  if (value.kind === Kind.INT) return Number(value.value);
  const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  return typeof given === "number" ? given : undefined;
}
