import {
  type CompositeType,
  type InterfaceType,
  isObjectType,
  isSubtype,
  type ObjectType,
  possibleRuntimeTypes,
  type SelectionSet,
  type Type,
} from "@apollo/federation-internals";
import { type Conditions, isSkipped } from "./conditions.ts";
import { NotCompiled } from "./not-compiled.ts";

/** A selection set, and the type that the gateway takes its object to be of. */
interface Selected {
  readonly set: SelectionSet;
  readonly parent: CompositeType;
}

/** A field of an object in the answer, with all that is selected of it. */
export interface SelectedField {
  readonly key: string;
  readonly isTypename: boolean;
  /** Of the first of those that are merged: the gateway looks at no other. */
  readonly type: Type;
  readonly sets: SelectionSet[];
}

export interface SelectedFields {
  readonly fields: readonly SelectedField[];
  /** Whether it takes a `__typename` in the object to know that these are its fields. */
  readonly needsTypename: boolean;
}

/**
 * The fields that selection sets select of objects of a type, in the order in which the gateway writes them; see
 * CollectFields of the GraphQL specification, 6.3.2. It merges selections that are written alike, which its own form of
 * the operation does here too.
 */
export function collectFields(sets: readonly SelectionSet[], type: ObjectType, conditions: Conditions): SelectedFields {
  const fields = new Map<string, SelectedField>();
  let needsTypename = false;

  const addField = ({ set, parent }: Selected, selection: ReturnType<SelectionSet["selections"]>[number]) => {
    if (selection.kind !== "FieldSelection") return addFragment({ set, parent }, selection);
    const { element } = selection;
    const key = element.responseName();
    if (element.definition.isSchemaIntrospectionField()) throw new NotCompiled("introspection");
    if (key in Object.prototype) throw new NotCompiled("name");
    const isTypename = element.name === "__typename";
    if (isTypename && !isObjectType(parent)) needsTypename = true;
    const known = fields.get(key);
    const field = known ?? { key, isTypename, type: element.definition.type as Type, sets: [] };
    if (known && !isTypename && known.type.toString() !== String(element.definition.type)) needsTypename = true;
    if (selection.selectionSet) field.sets.push(selection.selectionSet);
    fields.set(key, field);
  };
  const addFragment = ({ parent }: Selected, { element, selectionSet }: FragmentSelection) => {
    const condition = element.typeCondition;
    const applies = !condition || isSubtype(condition, type);
    // Without a `__typename` the gateway goes by the type around.
    if (condition && applies !== isSubtype(condition, parent as InterfaceType)) needsTypename = true;
    if (applies) addAll({ set: selectionSet, parent: condition ?? parent });
  };
  const addAll = ({ set, parent }: Selected) => {
    for (const selection of set.selections())
      if (!isSkipped(selection.element as never, conditions)) addField({ set, parent }, selection);
  };
  for (const set of sets) addAll({ set, parent: type });
  return { fields: [...fields.values()], needsTypename };
}

type FragmentSelection = Extract<ReturnType<SelectionSet["selections"]>[number], { kind: "FragmentSelection" }>;

/** The object types that an object in a place of this type may have. */
export const objectTypesOf = (type: CompositeType): readonly ObjectType[] => possibleRuntimeTypes(type);
