import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from "graphql";

type Variables = Readonly<Record<string, unknown>>;

const entitiesField = /^[^{]*\{\s*_entities\(\s*representations:\s*\$representations\s*\)/;

/** One fetch of the query plan: the operation that the gateway wrote for a subgraph, and its variables. */
export class PlannedFetch {
  readonly query: string;
  readonly variables: Variables;
  /** The keys of the entities that are asked for; undefined for a fetch of root fields. */
  readonly representations: readonly Variables[] | undefined;
  readonly isMutation: boolean;

  constructor(query: string, variables: Variables) {
    this.query = query;
    this.variables = variables;
    this.isMutation = /^\s*mutation\b/.test(query);
    const { representations } = variables;
    if (Array.isArray(representations) && entitiesField.test(query)) this.representations = representations;
  }

  /** The response keys of the root fields, or for entities those of the entity. Only worth its cost after a failure. */
  responseKeys(): string[] {
    const { definitions } = parse(this.query, { noLocation: true });
    const operation = definitions.find(
      (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
    );
    const fragments = new Map(
      definitions
        .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
        .map((node) => [node.name.value, node.selectionSet]),
    );
    const root = [...selectedFields(operation?.selectionSet, fragments, this.variables)];
    const fields = this.representations
      ? root.flatMap(({ selectionSet }) => [...selectedFields(selectionSet, fragments, this.variables)])
      : root;
    const keys = fields.map(({ alias, name }) => (alias ?? name).value);
    return [...new Set(keys)].filter((key) => key !== "__typename");
  }
}

/** The fields of a selection set, those of fragments included, those left out by @skip and @include not. */
function* selectedFields(
  selectionSet: SelectionSetNode | undefined,
  fragments: ReadonlyMap<string, SelectionSetNode>,
  variables: Variables,
): Generator<FieldNode> {
  for (const selection of selectionSet?.selections ?? []) {
    if (!isIncluded(selection, variables)) continue;
    if (selection.kind === Kind.FIELD) yield selection;
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      yield* selectedFields(selection.selectionSet, fragments, variables);
    else yield* selectedFields(fragments.get(selection.name.value), fragments, variables);
  }
}

function isIncluded(node: { readonly directives?: readonly DirectiveNode[] }, variables: Variables): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
}
