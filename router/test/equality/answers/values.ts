import { type GraphQLOutputType, type GraphQLSchema, isEnumType, isLeafType, isListType, isNonNullType } from "graphql";
import { hashOf, type Random } from "../random.ts";
import { objectTypeNames } from "./subgraph-model.ts";

/** An object that a subgraph knows: which one it is among those of its type, and what the router said of it, if it did. */
export interface Known {
  readonly __typename: string;
  readonly identity: number;
  readonly given?: Readonly<Record<string, unknown>>;
}

/** So many objects of each type there are: few, so that many references lead to the same one. */
export const identities = 7;

export interface ValueSource {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  /** For a field of a key: which object the value belongs to. */
  readonly keyOf?: number | undefined;
}

/** A value that a type allows. */
export function valueFor(type: GraphQLOutputType, source: ValueSource): unknown {
  const { random, keyOf } = source;
  if (isNonNullType(type)) return notNull(type.ofType, source);
  return keyOf === undefined && random.chance(8) ? null : notNull(type, source);
}

function notNull(type: GraphQLOutputType, source: ValueSource): unknown {
  const { random, keyOf, schema } = source;
  if (isListType(type)) return Array.from({ length: random.below(4) }, () => valueFor(type.ofType, source));
  if (isLeafType(type)) {
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    return keyOf === undefined ? scalar(type.name, random) : key(type.name, keyOf);
  }
  const identity = keyOf ?? random.below(identities);
  return { __typename: objectType(schema, String(type), identity), identity } satisfies Known;
}

/** An object is of the same type wherever it is met. */
export function objectType(schema: GraphQLSchema, typeName: string, identity: number): string {
  const names = objectTypeNames(schema, typeName);
  return names[hashOf(identity, "type") % names.length] as string;
}

const key = (typeName: string, identity: number) => (typeName === "Int" ? identity : String(identity));

const texts = [
  ...[
    "",
    "a",
    "plain text",
    "ünïcödé ✓ 漢字",
    "emoji 🎈",
    'quote " and \\ backslash',
    "line\nbreak\ttab",
    "\u2028\u2029\u0000\u007f",
  ],
  ...[
    "\ud800 half",
    "__proto__",
    "</script>",
    "'single' `back` $ {no}",
    `long ${"x".repeat(90)}`,
    `long "${"é\n".repeat(50)}`,
  ],
];
const floats = [0, -0, 1, 0.1, -2.5, 1e21, 1.5e-7, 123456789.125, 9007199254740992, -1e300];
const integers = [0, -0, 1, -1, 42, 2147483647, -2147483648];
const anything: readonly unknown[] = [
  ...texts,
  ...floats,
  true,
  false,
  [],
  {},
  [1, [null]],
  { a: { b: [1.5, "x"] }, constructor: 1 },
  [[]],
  { "": "" },
];

function scalar(typeName: string, random: Random): unknown {
  switch (typeName) {
    case "Int":
      return random.pick(integers);
    case "Float":
      return random.pick(floats);
    case "Boolean":
      return random.chance(50);
    case "String":
      return random.pick(texts);
    case "ID":
      return random.chance(70) ? String(random.below(100)) : random.pick(texts);
    default:
      return random.pick(anything);
  }
}
