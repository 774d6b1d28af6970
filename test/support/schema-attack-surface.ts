import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from "graphql";

/**
 * Every way to name something by id in a schema, and every root field that names nothing: `Mutation.moveTask(input.afterId)`,
 * `User.tasks(filter.listId)`, `Query.me()`. A field that is new to the schema is new to this list.
 */
export function attackSurface(schema: GraphQLSchema): string[] {
  const roots = ["Query", "Mutation"];
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter(({ name }) => !name.startsWith("__"))
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const paths = idPaths(field.args);
        if (paths.length === 0 && !roots.includes(type.name)) return [];
        return (paths.length > 0 ? paths : [""]).map((path) => `${type.name}.${field.name}(${path})`);
      }),
    );
}

function idPaths(inputs: readonly (GraphQLArgument | GraphQLInputField)[]): string[] {
  return inputs.flatMap(({ name, type }) => pathsBelow(name, type));
}

function pathsBelow(name: string, type: GraphQLInputType): string[] {
  const named = getNamedType(type);
  if (named.name === "ID") return [name];
  if (!isInputObjectType(named)) return [];
  return idPaths(Object.values(named.getFields())).map((path) => `${name}.${path}`);
}

/** A selection of everything that can be reached from a type within `depth` levels. */
export function selectEverything(schema: GraphQLSchema, typeName: string, depth: number): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return "";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (!isObjectType(named)) return [field.name];
    return depth > 1 ? [`${field.name} ${selectEverything(schema, named.name, depth - 1)}`] : [];
  });
  return `{ ${["__typename", ...fields].join(" ")} }`;
}
