import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";
import type { Random } from "../random.ts";
import { chosenFields, scalar, withoutNull } from "./input-values.ts";

/** Writes a variable in the place of a value of a type; undefined where there may be none. */
export type WriteVariable = ((type: GraphQLInputType) => string) | undefined;

/** A value of an argument, as it stands in a document; now and then it is a variable, or has some in it. */
export function literal(type: GraphQLInputType, random: Random, variable: WriteVariable, depth = 0): string {
  if (variable && random.chance(35) && !isWithinScalar(depth)) return variable(type);
  if (isNonNullType(type)) return notNull(type.ofType, random, variable, depth);
  return random.chance(8) ? "null" : notNull(type, random, variable, depth);
}

const isWithinScalar = (depth: number) => depth > 4;

function notNull(type: GraphQLInputType, random: Random, variable: WriteVariable, depth: number): string {
  if (isListType(type)) {
    if (random.chance(10)) return notNull(withoutNull(type.ofType), random, undefined, depth);
    const items = Array.from({ length: random.below(3) }, () => literal(type.ofType, random, variable, depth + 1));
    return `[${items.join(", ")}]`;
  }
  if (isInputObjectType(type)) {
    const fields = chosenFields(type, random, depth);
    return `{${fields.map((field) => `${field.name}: ${literal(field.type, random, variable, depth + 1)}`).join(", ")}}`;
  }
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  const value = scalar(String(type), random);
  if (typeof value === "string" && random.chance(10) && !/["\\]|[^ -~]/.test(value)) return `"""${value}"""`;
  return written(value);
}

/** A JSON value as GraphQL writes it: keys have no quotes. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, item]) => `${name}: ${written(item)}`)
    .join(", ")}}`;
}
