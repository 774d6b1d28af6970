import { type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isObjectType } from "graphql";

interface FieldOfType {
  readonly type: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
}

/** All fields of a schema's object types, without those by which GraphQL tells of itself. */
export function* fieldsOf(schema: GraphQLSchema): Iterable<FieldOfType> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) yield { type, field };
  }
}
