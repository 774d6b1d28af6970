import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { entityCountOf, pageSizeOf } from "./page-size.ts";

/** What a list without a page size is taken to hold. */
const assumedListSize = 10;

export interface CostInput {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * How many objects an operation could return: 1 for each, times the sizes of the pages and lists that it is nested in.
 * The document has to be valid and within the limit of selections: counting looks at each of them.
 * (After the slicing arguments of IBM's GraphQL Cost Directives specification; graphql-armor's cost limit doesn't see
 * page sizes in variables.)
 */
export function exceedsCost(input: CostInput, limit: number): boolean {
  const count = new ObjectCount(input, limit);
  const { operation, schema } = input;
  const root = schema.getRootType(operation.operation);
  if (root) count.addSelections(operation.selectionSet, root, { objects: 1, pageSize: undefined });
  return count.exceeded;
}

interface Parent {
  /** How many objects the selection set is applied to. */
  readonly objects: number;
  /** The page size of the connection that these objects are, if they are connections. */
  readonly pageSize: number | undefined;
}

class ObjectCount {
  readonly #input: CostInput;
  readonly #limit: number;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;
  #objects = 0;

  constructor(input: CostInput, limit: number) {
    this.#input = input;
    this.#limit = limit;
    this.#variables = { ...defaultsOf(input.operation), ...input.variables };
    this.#fragments = new Map(
      input.document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
      ),
    );
  }

  get exceeded(): boolean {
    return this.#objects > this.#limit;
  }

  addSelections(set: SelectionSetNode, type: GraphQLOutputType, parent: Parent): void {
    for (const selection of set.selections) {
      if (this.exceeded) return;
      if (selection.kind === Kind.FIELD) {
        this.#addField(selection, type, parent);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      if (!fragment) continue;
      const narrowed = fragment.typeCondition && this.#input.schema.getType(fragment.typeCondition.name.value);
      this.addSelections(fragment.selectionSet, (narrowed as GraphQLOutputType | undefined) ?? type, parent);
    }
  }

  #addField(node: FieldNode, type: GraphQLOutputType, parent: Parent): void {
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    const field = type.getFields()[node.name.value];
    if (!field || !node.selectionSet) return;
    const named = getNamedType(field.type);
    if (isLeafType(named)) return;
    const pageSize = pageSizeOf(node, field, this.#variables);
    const isList = isListType(getNullableType(field.type));
    const listSize = entityCountOf(node, this.#variables) ?? pageSize ?? parent.pageSize ?? assumedListSize;
    const objects = parent.objects * (isList ? listSize : 1);
    this.#objects += objects;
    this.addSelections(node.selectionSet, named, { objects, pageSize: isList ? undefined : pageSize });
  }
}

const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );
