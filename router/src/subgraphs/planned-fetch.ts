import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import type { AskedEntities } from "./distinct-entities.ts";

type Variables = Readonly<Record<string, unknown>>;

/** Variables and directives come first, and the values there may hold braces, and strings of any text. */
const entitiesField =
  /^[^({]*(?:\((?:[^()"]|"(?:[^"\\]|\\.)*")*\)[^({]*)*\{\s*_entities\(\s*representations:\s*\$representations\s*\)/;

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

  /** What is sent: with these representations for its own, if it has any. */
  bodyFor(entities: AskedEntities | undefined): string {
    const { representations: _, ...others } = this.variables;
    const body = JSON.stringify({ query: this.query, variables: entities ? others : this.variables });
    if (!entities) return body;
    const separator = Object.keys(others).length > 0 ? "," : "";
    return `${body.slice(0, -2)}${separator}"representations":[${entities.texts.join()}]}}`;
  }

  /** The response keys of the root fields, or for entities those of the entity. Only worth its cost after a failure. */
  responseKeys(): string[] {
    const { selectionSet, fragments, defaults } = parseOperation(this.query);
    const variables = { ...defaults, ...this.variables };
    const root = [...selectedFields(selectionSet, fragments, variables)];
    const fields = this.representations
      ? root.flatMap(({ selectionSet }) => [...selectedFields(selectionSet, fragments, variables)])
      : root;
    const keys = fields.map(({ alias, name }) => (alias ?? name).value);
    return [...new Set(keys)].filter((key) => key !== "__typename");
  }
}

/** What an operation selects, the fragments of its document by name, and what its variables are when they are not given. */
export interface ParsedOperation {
  readonly selectionSet: SelectionSetNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly defaults: Variables;
}

/** Parses a document of one operation, as the gateway writes them. */
export function parseOperation(query: string): ParsedOperation {
  const { definitions } = parse(query, { noLocation: true });
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  if (!operation) throw new TypeError("a planned fetch has an operation");
  return {
    selectionSet: operation.selectionSet,
    fragments: new Map(fragments.map((node) => [node.name.value, node])),
    defaults: Object.fromEntries(
      (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
        defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
      ),
    ),
  };
}

/** The fields of a selection set, those of fragments included, those left out by @skip and @include not. */
function* selectedFields(
  selectionSet: SelectionSetNode | undefined,
  fragments: ParsedOperation["fragments"],
  variables: Variables,
): Generator<FieldNode> {
  for (const selection of selectionSet?.selections ?? []) {
    if (!isIncluded(selection, variables)) continue;
    if (selection.kind === Kind.FIELD) yield selection;
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      yield* selectedFields(selection.selectionSet, fragments, variables);
    else yield* selectedFields(fragments.get(selection.name.value)?.selectionSet, fragments, variables);
  }
}

/** Whether @skip and @include leave a node in. */
export function isIncluded(node: { readonly directives?: readonly DirectiveNode[] }, variables: Variables): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
}
