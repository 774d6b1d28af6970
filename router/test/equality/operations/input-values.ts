import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from "graphql";
import type { Random } from "../random.ts";

const strings = [
  "",
  "a",
  'quote "',
  "back\\slash",
  "ünïcödé 🎈",
  "line\nbreak",
  "$v1",
  "{ a }",
  "__proto__",
  "\u2028",
  "_entities(representations:$representations)",
];
const integers = [0, 1, -1, 7, 100, 2147483647, -2147483648];
const floats = [0, 1, -1.5, 1e21, 1.5e-7, 3];
const anything: readonly unknown[] = [...strings, ...floats, true, null, [], [1, "a"], { a: 1, b: { c: [null] } }];
const wrong: readonly unknown[] = [{}, [], "wrong", 1.5, true, 1e30, [{}], { nothing: 1 }, [null], null];
const deepest = 3;

/** A value of a variable that a type allows, as JSON. */
export function jsonValue(type: GraphQLInputType, random: Random, depth = 0): unknown {
  if (isNonNullType(type)) return notNull(type.ofType, random, depth);
  return random.chance(12) ? null : notNull(type, random, depth);
}

/** One that no type, or hardly any, allows. */
export const wrongValue = (random: Random): unknown => random.pick(wrong);

function notNull(type: GraphQLInputType, random: Random, depth: number): unknown {
  if (isListType(type)) {
    if (random.chance(10)) return notNull(withoutNull(type.ofType), random, depth); // a single item is a list of it
    return Array.from({ length: random.below(3) }, () => jsonValue(type.ofType, random, depth + 1));
  }
  if (isInputObjectType(type)) return Object.fromEntries(chosenFields(type, random, depth).map(entryOf));
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  return scalar(String(type), random);

  function entryOf({ name, type }: ReturnType<typeof chosenFields>[number]): [string, unknown] {
    return [name, jsonValue(type, random, depth + 1)];
  }
}

export const withoutNull = (type: GraphQLInputType): GraphQLInputType => (isNonNullType(type) ? type.ofType : type);

/** The required fields of an input object, and some of the others; fewer in the depth. */
export function chosenFields(type: GraphQLInputObjectType, random: Random, depth: number) {
  const isChosen = () => depth < deepest && random.chance(60);
  return Object.values(type.getFields()).filter((field) => isRequiredInputField(field) || isChosen());
}

export function scalar(typeName: string, random: Random): unknown {
  switch (typeName) {
    case "Int":
      return random.pick(integers);
    case "Float":
      return random.pick(floats);
    case "Boolean":
      return random.chance(50);
    case "String":
      return random.pick(strings);
    case "ID":
      return random.chance(80) ? String(random.below(9)) : random.pick([7, ...strings]);
    default:
      return random.pick(anything);
  }
}
