import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildASTSchema,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  parse,
} from "graphql";
import { repositoryRoot } from "./mutated-tree.ts";

/** One text or id that an operation takes. */
export interface InputPlace {
  /** `Mutation.createTask(input.title)` */
  readonly name: string;
  readonly server: "users" | "tasks";
  readonly operation: string;
  /** The variables of the operation with this value at the place, and something fitting at all that it needs besides. */
  readonly variables: (value: unknown) => object;
}

/** Every String and ID in the arguments of Query and Mutation: a field that is new to a schema is a new place. */
export function inputPlaces(): InputPlace[] {
  return (["users", "tasks"] as const).flatMap((server) => {
    const sdl = readFileSync(join(repositoryRoot, `subgraphs/${server}/schema.graphql`), "utf8");
    const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
    return [schema.getQueryType(), schema.getMutationType()].flatMap((root) => (root ? placesOf(root, server) : []));
  });
}

function placesOf(root: GraphQLObjectType, server: InputPlace["server"]): InputPlace[] {
  return Object.values(root.getFields()).flatMap((field) =>
    field.args.flatMap((argument) =>
      textPaths(argument.type).map((path) => {
        const others = field.args.filter(({ type, name }) => name !== argument.name && isNonNullType(type));
        const used = [argument, ...others];
        const declared = used.map(({ name, type }) => `$${name}: ${type}`).join(", ");
        const given = used.map(({ name }) => `${name}: $${name}`).join(", ");
        const selection = isLeafType(getNamedType(field.type)) ? "" : "{ __typename }";
        return {
          name: `${root.name}.${field.name}(${[argument.name, ...path].join(".")})`,
          server,
          operation: `${root.name.toLowerCase()}(${declared}) { ${field.name}(${given}) ${selection} }`,
          variables: (value: unknown) => ({
            ...Object.fromEntries(others.map(({ name, type }) => [name, fitting(type)])),
            [argument.name]: withValue(argument.type, path, value),
          }),
        };
      }),
    ),
  );
}

/** The paths to the texts and ids within a type; the type itself is the empty path. */
function textPaths(type: GraphQLInputType): string[][] {
  const named = getNamedType(type);
  if (named.name === "String" || named.name === "ID") return [[]];
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    textPaths(field.type).map((path) => [field.name, ...path]),
  );
}

function withValue(type: GraphQLInputType, [first, ...rest]: readonly string[], value: unknown): unknown {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return [withValue(bare.ofType, first === undefined ? [] : [first, ...rest], value)];
  if (first === undefined || !isInputObjectType(bare)) return value;
  const fields = Object.values(bare.getFields());
  const needed = fields.filter((field) => field.name === first || isNonNullType(field.type));
  return Object.fromEntries(
    needed.map((field) => [
      field.name,
      field.name === first ? withValue(field.type, rest, value) : fitting(field.type),
    ]),
  );
}

/** Some value that the type takes. */
function fitting(type: GraphQLInputType): unknown {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return [fitting(bare.ofType)];
  if (isInputObjectType(bare)) {
    const needed = Object.values(bare.getFields()).filter((field) => isNonNullType(field.type));
    return Object.fromEntries(needed.map((field) => [field.name, fitting(field.type)]));
  }
  if ("getValues" in bare) return bare.getValues()[0]?.name;
  return (
    ({ Int: 1, Boolean: true, Date: "2026-11-25" } as Record<string, unknown>)[bare.name] ?? "0123456789abcdef01234567"
  );
}
