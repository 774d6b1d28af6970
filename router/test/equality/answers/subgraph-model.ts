import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  type TypeDefinitionNode,
  valueFromASTUntyped,
} from "graphql";

/** A subgraph's schema, and what its directives say of its fields. */
export class SubgraphModel {
  readonly name: string;
  readonly schema: GraphQLSchema;
  /** Fields that make up keys, nested ones too, as in `Branch.code`: their values tell which object it is. */
  readonly #keys = new Set<string>();
  readonly #requiring = new Set<string>();

  constructor(name: string, sdl: string) {
    this.name = name;
    const document = parse(sdl);
    this.schema = buildSubgraphSchema(document);
    this.#read(document);
  }

  isKey(typeName: string, fieldName: string): boolean {
    return this.#keys.has(`${typeName}.${fieldName}`);
  }

  /** Whether a field is worked out of others (`@requires`). */
  isRequiring(typeName: string, fieldName: string): boolean {
    return this.#requiring.has(`${typeName}.${fieldName}`);
  }

  #read({ definitions }: DocumentNode): void {
    for (const node of definitions) {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
      for (const fields of fieldSetsOf(node)) this.#readKey(node.name.value, fields);
      for (const field of node.fields ?? [])
        if (field.directives?.some(({ name }) => name.value === "requires"))
          this.#requiring.add(`${node.name.value}.${field.name.value}`);
    }
  }

  #readKey(typeName: string, fields: SelectionSetNode): void {
    const type = this.schema.getType(typeName);
    for (const { name, selectionSet } of fields.selections as readonly FieldNode[]) {
      this.#keys.add(`${typeName}.${name.value}`);
      const field = isCompositeType(type) && "getFields" in type ? type.getFields()[name.value] : undefined;
      if (selectionSet && field) this.#readKey(getNamedType(field.type).name, selectionSet);
    }
  }
}

function fieldSetsOf({ directives = [] }: TypeDefinitionNode): SelectionSetNode[] {
  return directives
    .filter(({ name }) => name.value === "key")
    .flatMap(({ arguments: given = [] }) => given.filter(({ name }) => name.value === "fields"))
    .map(({ value }) => parse(`{${valueFromASTUntyped(value)}}`).definitions[0])
    .flatMap((node) => (node?.kind === Kind.OPERATION_DEFINITION ? [node.selectionSet] : []));
}

/** The names of the object types that a value of a type may have, in a fixed order. */
export function objectTypeNames(schema: GraphQLSchema, typeName: string): readonly string[] {
  const type = schema.getType(typeName);
  if (!type || isObjectType(type)) return [typeName];
  if (!isCompositeType(type)) return [];
  return schema
    .getPossibleTypes(type)
    .map(({ name }) => name)
    .sort();
}
