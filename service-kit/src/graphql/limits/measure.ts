import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Limits } from "./limits.ts";

/** The size of a document's largest operation, each fragment counted wherever it is spread. */
export interface Size {
  depth: number;
  aliases: number;
  directives: number;
  rootFields: number;
  /** Of all operations together: graphql-js looks at all of them, though only one is run. */
  selections: number;
}

type Most = Pick<Limits, "depth" | "selections">;

// The measuring calls itself, and the stack has an end. Nobody's selection sets nest like this, fragments included.
const deepestNesting = 500;

/**
 * Measures a document that nothing has validated: its fragments may be missing, circular, or spread twice at each of
 * thirty levels. It stops once there are more than `most.selections`, so it takes time by that limit, and not by what the
 * fragments would expand to.
 *
 * Fields of one name are merged as in the GraphQL specification's CollectFields, and each of `n` that become one counts
 * (n + 1) / 2: validation compares every pair of them.
 */
export function measure(document: DocumentNode, most: Most): Size {
  const largest: Size = { depth: 0, aliases: 0, directives: 0, rootFields: 0, selections: 0 };
  const fragments = new Fragments(document);
  const add = (node: Definition) => {
    const size = new Measuring(fragments, most, largest.selections).add(node);
    for (const key of Object.keys(largest) as (keyof Size)[]) largest[key] = Math.max(largest[key], size[key]);
  };
  for (const node of document.definitions) if (node.kind === Kind.OPERATION_DEFINITION) add(node);
  for (const node of fragments.unused()) add(node);
  return largest;
}

class Fragments {
  readonly #all: readonly FragmentDefinitionNode[];
  readonly #byName: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #used = new Set<FragmentDefinitionNode>();

  constructor({ definitions }: DocumentNode) {
    this.#all = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    this.#byName = new Map(this.#all.map((node) => [node.name.value, node]));
  }

  use(name: string): FragmentDefinitionNode | undefined {
    const fragment = this.#byName.get(name);
    if (fragment) this.#used.add(fragment);
    return fragment;
  }

  /** Those that nothing spread so far, and second ones of a name: not valid, but it is validation that has to say so. */
  unused(): FragmentDefinitionNode[] {
    return this.#all.filter((node) => !this.#used.has(node));
  }
}

type Definition = OperationDefinitionNode | FragmentDefinitionNode;

const directivesOf = ({ directives = [] }: { readonly directives?: readonly DirectiveNode[] | undefined }) =>
  directives.length;

const isIntrospection = ({ name }: FieldNode) => name.value === "__schema" || name.value === "__type";

class Measuring {
  readonly #fragments: Fragments;
  readonly #most: Most;
  readonly #size: Size;
  #nesting = 0;

  constructor(fragments: Fragments, most: Most, selections: number) {
    this.#fragments = fragments;
    this.#most = most;
    this.#size = { depth: 0, aliases: 0, directives: 0, rootFields: 0, selections };
  }

  add(definition: Definition): Size {
    this.#size.directives += directivesOf(definition);
    for (const variable of definition.variableDefinitions ?? []) this.#size.directives += directivesOf(variable);
    const fields = this.#descend([definition.selectionSet], 0);
    if (definition.kind === Kind.OPERATION_DEFINITION) this.#size.rootFields = fields;
    return this.#size;
  }

  get #isOver(): boolean {
    return this.#size.selections > this.#most.selections || this.#size.depth > this.#most.depth;
  }

  /** Adds what selection sets of one object select, and returns how many fields that are. */
  #descend(sets: readonly SelectionSetNode[], depth: number): number {
    const fields = new Map<string, FieldNode[]>();
    for (const set of sets) this.#collect(set, fields, []);
    for (const merged of fields.values()) {
      this.#size.selections += (merged.length * (merged.length - 1)) / 2;
      // Below introspection, of which `depth` says nothing, all stays at minus infinity.
      const below = merged.every(isIntrospection) ? Number.NEGATIVE_INFINITY : depth + 1;
      this.#size.depth = Math.max(this.#size.depth, below);
      const inner = merged.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (inner.length > 0) this.#nested(() => this.#descend(inner, below));
    }
    return fields.size;
  }

  #collect(set: SelectionSetNode, fields: Map<string, FieldNode[]>, within: readonly FragmentDefinitionNode[]): void {
    for (const selection of set.selections) {
      this.#count(selection);
      if (this.#isOver) return;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const merged = fields.get(key);
        if (merged) merged.push(selection);
        else fields.set(key, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.#nested(() => this.#collect(selection.selectionSet, fields, within));
      } else {
        const fragment = this.#fragments.use(selection.name.value);
        if (!fragment || within.includes(fragment)) continue;
        this.#size.directives += directivesOf(fragment);
        this.#nested(() => this.#collect(fragment.selectionSet, fields, [...within, fragment]));
      }
    }
  }

  #count(selection: SelectionNode): void {
    this.#size.selections += 1;
    this.#size.directives += directivesOf(selection);
    if (selection.kind === Kind.FIELD && selection.alias && selection.name.value !== "__typename")
      this.#size.aliases += 1;
  }

  #nested(work: () => void): void {
    if (this.#isOver) return;
    this.#nesting += 1;
    if (this.#nesting > deepestNesting) this.#size.depth = Number.POSITIVE_INFINITY;
    else work();
    this.#nesting -= 1;
  }
}
