import type { QueryPlanFieldNode, QueryPlanSelectionNode } from "@apollo/query-planner";
import { isRecord } from "../is-record.ts";
import { quoted } from "./json-text.ts";
import type { Json } from "./merge.ts";
import { NotCompiled } from "./not-compiled.ts";

/** Writes the representation of an entity as JSON text; undefined when it lacks a field that the subgraph needs. */
type Represent = (entity: Json) => string | undefined;

/** How the entities of a type are represented. */
interface TypeRepresentation {
  readonly represent: Represent;
  /** The only key beside `__typename`, if it is so: entities with the same text for it are represented alike. */
  readonly onlyKey?: string | undefined;
}

/** Entities by their representations, which are JSON text, in the order of their first. */
export type Represented = ReadonlyMap<string, readonly Json[]>;

/** Whether a type is another, or one of its object types: in all of the supergraph, not only in what clients see of it. */
export type IsOfType = (typeName: string, condition: string) => boolean;

/**
 * Compiles the `requires` of a fetch of entities to a function that represents each, and leaves out those that lack what the
 * subgraph needs. An entity is represented by what the fragments for its type ask for; a fragment that asks for a field
 * which is not there counts for nothing.
 */
export function compileRepresentations(
  requires: readonly QueryPlanSelectionNode[],
  isOfType: IsOfType,
): (entities: readonly Json[]) => Represented {
  checkNames(requires);
  const byType = new Map<string, TypeRepresentation>();
  const ofType = (typeName: string) => {
    const known = byType.get(typeName) ?? representType(requires, typeName, isOfType);
    byType.set(typeName, known);
    return known;
  };
  return (entities) => {
    const byText = new Map<string, Json[]>();
    const byOnlyKey = new Map<string, Json[]>();
    for (const entity of entities) {
      const typeName = entity.__typename;
      if (typeof typeName !== "string") continue;
      const { represent, onlyKey } = ofType(typeName);
      const only = onlyKey === undefined ? undefined : entity[onlyKey];
      const short = typeof only === "string" ? `${typeName}\n${only}` : undefined;
      const alike = (short !== undefined && byOnlyKey.get(short)) || groupOf(represent(entity), byText);
      if (!alike) continue;
      alike.push(entity);
      if (short !== undefined) byOnlyKey.set(short, alike);
    }
    return byText;
  };
}

function groupOf(text: string | undefined, byText: Map<string, Json[]>): Json[] | undefined {
  if (text === undefined) return undefined;
  const group = byText.get(text) ?? [];
  byText.set(text, group);
  return group;
}

function checkNames(selections: readonly QueryPlanSelectionNode[]): void {
  for (const selection of selections) {
    if (selection.kind === "Field" && keyOf(selection) in Object.prototype) throw new NotCompiled("name");
    checkNames(selection.selections ?? []);
  }
}

const keyOf = ({ alias, name }: QueryPlanFieldNode) => alias ?? name;

function representType(
  requires: readonly QueryPlanSelectionNode[],
  typeName: string,
  isOfType: IsOfType,
): TypeRepresentation {
  const applying = requires.filter(
    (one) => one.kind === "Field" || (one.typeCondition !== undefined && isOfType(typeName, one.typeCondition)),
  );
  const [only] = applying;
  const fields = applying.length === 1 && only?.kind === "InlineFragment" ? plainFields(only.selections) : undefined;
  if (!fields) return { represent: (entity) => representAny(entity, requires, isOfType) };
  const [onlyKey, ...others] = fields.filter((key) => key !== "__typename");
  return { represent: representPlain(fields), onlyKey: others.length === 0 ? onlyKey : undefined };
}

/** The keys, when all that is asked for are fields of scalars, as it nearly always is. */
function plainFields(selections: readonly QueryPlanSelectionNode[]): readonly string[] | undefined {
  const keys = selections.flatMap((one) => (one.kind === "Field" && !one.selections ? [keyOf(one)] : []));
  return keys.length === selections.length && keys.includes("__typename") ? keys : undefined;
}

function representPlain(keys: readonly string[]): Represent {
  const before = keys.map((key, index) => `${index > 0 ? "," : "{"}${JSON.stringify(key)}:`);
  return (entity) => {
    let text = "";
    for (let index = 0; index < keys.length; index += 1) {
      const value = entity[keys[index] as string];
      if (value === undefined) return undefined;
      text += before[index] + (typeof value === "string" ? quoted(value) : JSON.stringify(value));
    }
    return `${text}}`;
  };
}

function representAny(entity: Json, requires: readonly QueryPlanSelectionNode[], isOfType: IsOfType) {
  const representation = select(entity, requires, isOfType);
  return isRecord(representation) && representation.__typename ? JSON.stringify(representation) : undefined;
}

/** What the selections ask for of a value; null when a field is not there. */
function select(value: unknown, selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): Json | null {
  if (!isRecord(value)) return null;
  const result: Json = {};
  for (const selection of selections) {
    if (selection.kind === "InlineFragment") {
      const { typeCondition } = selection;
      const typeName = value.__typename;
      if (typeCondition === undefined || typeof typeName !== "string" || !isOfType(typeName, typeCondition)) continue;
      addAll(result, select(value, selection.selections, isOfType) ?? {});
      continue;
    }
    const key = keyOf(selection);
    const field = value[key];
    if (field === undefined) return null;
    const { selections: inner } = selection;
    const part = (one: unknown) => (inner ? select(one, inner, isOfType) : one);
    result[key] = Array.isArray(field) ? field.map(part) : part(field);
  }
  return result;
}

function addAll(target: Json, source: Json): void {
  for (const [key, value] of Object.entries(source)) target[key] = merged(target[key], value);
}

function merged(known: unknown, value: unknown): unknown {
  if (Array.isArray(known) && Array.isArray(value) && known.length === value.length)
    return known.map((item, index) => merged(item, value[index]));
  if (!isRecord(known) || !isRecord(value)) return value;
  addAll(known, value);
  return known;
}
