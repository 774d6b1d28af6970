import {
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { isIncluded, type ParsedOperation, type PlannedFetch, parseOperation } from "../planned-fetch.ts";

/** One field of an entity, as an operation selects it. */
export interface SelectedField {
  /** Its key in the response: the alias if it has one. */
  readonly key: string;
  readonly name: string;
  /** Whether its value depends on nothing but the entity, and the response key is the client's. */
  readonly isPlain: boolean;
}

interface Known {
  readonly operation: ParsedOperation;
  readonly schema: GraphQLSchema;
  /** Only of an operation whose selection is the same whatever its variables. */
  readonly byType: Map<string, readonly SelectedField[] | undefined> | undefined;
}

// Texts of operations, in UTF-16 units. A client may write long names into one.
const mostText = 5_000_000;
const longestText = 50_000;
const hasConditions = /@(skip|include)\b/;
/** How the query planner renames fields of the same key but of other types. (@apollo/query-planner) */
const planned = /__alias_\d+$/;

type Selecting = Pick<PlannedFetch, "query" | "variables">;

/** What operations select of entities. Each text of an operation is parsed once, as long as it is among the last and not very long. */
export class EntitySelections {
  readonly #known = new LRUCache<string, Known>({
    maxSize: mostText,
    maxEntrySize: longestText,
    sizeCalculation: (_, query) => query.length,
  });

  /**
   * The fields that a fetch selects of an entity of a type, fragments spread out, those that @skip and @include leave out
   * left out. Undefined when the schema does not tell which fragments are about that type.
   */
  of(fetch: Selecting, typeName: string, schema: GraphQLSchema): readonly SelectedField[] | undefined {
    const { operation, byType } = this.#knownOf(fetch.query, schema);
    if (byType?.has(typeName)) return byType.get(typeName);
    const fields = select(fetch, operation, typeName, schema);
    byType?.set(typeName, fields);
    return fields;
  }

  #knownOf(query: string, schema: GraphQLSchema): Known {
    const known = this.#known.get(query);
    if (known?.schema === schema) return known;
    const byType = hasConditions.test(query) ? undefined : new Map();
    const parsed = { operation: known?.operation ?? parseOperation(query), schema, byType };
    this.#known.set(query, parsed);
    return parsed;
  }
}

function select(fetch: Selecting, operation: ParsedOperation, typeName: string, schema: GraphQLSchema) {
  const { fragments, selectionSet, defaults } = operation;
  const variables = { ...defaults, ...fetch.variables };
  const fields: SelectedField[] = [];
  /** Whether all of the set could be understood. */
  const add = (set: SelectionSetNode | undefined): boolean => (set?.selections ?? []).every(addOne);
  const addOne = (node: SelectionNode): boolean => {
    if (!isIncluded(node, variables)) return true;
    if (node.kind === Kind.FIELD) return fields.push(selectedField(node)) > 0;
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    const applies = isAbout(fragment?.typeCondition?.name.value, typeName, schema);
    return applies === undefined ? false : !applies || add(fragment?.selectionSet);
  };
  const roots = selectionSet.selections.filter((node) => node.kind === Kind.FIELD);
  return roots.every((root) => add(root.selectionSet)) ? fields : undefined;
}

/** Whether a fragment on `condition` is about objects of a type; undefined when that can't be known. */
function isAbout(condition: string | undefined, typeName: string, schema: GraphQLSchema): boolean | undefined {
  if (condition === undefined || condition === typeName) return true;
  const [on, type] = [schema.getType(condition), schema.getType(typeName)];
  if (!isObjectType(type)) return undefined;
  if (isObjectType(on)) return false;
  return isAbstractType(on) ? schema.isSubType(on, type) : undefined;
}

function selectedField({ alias, name, arguments: given = [], selectionSet }: FieldNode): SelectedField {
  const key = (alias ?? name).value;
  return { key, name: name.value, isPlain: given.length === 0 && !selectionSet && !planned.test(key) };
}
