import type { Viewer } from "@tareas/service-kit/auth/viewer";
import type { GraphQLSchema } from "graphql";
import type { SubgraphResponse } from "../call.ts";
import type { AskedEntities } from "../distinct-entities.ts";
import type { FetchPlaces } from "../fetch-places.ts";
import type { PlannedFetch } from "../planned-fetch.ts";
import type { FetchResult } from "../present-response.ts";
import { indexOf, isUnreachable, narrowed } from "./entity-errors.ts";
import { EntitySelections, type SelectedField } from "./entity-selection.ts";
import { StaleCache, type StaleLimits } from "./stale-cache.ts";
import { entityKey, viewerKey } from "./stale-keys.ts";
import type { StaleNote } from "./stale-notes.ts";

/** Whose fetch it is, and where it goes. */
export interface Asked {
  readonly subgraph: string;
  readonly viewer: Viewer;
  readonly schema: GraphQLSchema;
}

/** What decides about the selection of a fetch. */
type Selecting = Pick<PlannedFetch, "query" | "variables">;

type Representation = Readonly<Record<string, unknown>>;

/**
 * Public fields of entities that were seen lately, for when their subgraph can't be reached. Which fields are public is a
 * list of names; nothing else is ever kept. (RFC 5861, stale-if-error, is the same for HTTP)
 */
export class StaleEntities {
  readonly #fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #selections = new EntitySelections();
  readonly #cache: StaleCache;

  /** `fields` as in `User.username`. */
  constructor(fields: readonly string[], limits: StaleLimits) {
    const pairs = fields.map((field) => field.split(".") as [string, string]);
    const grouped = Map.groupBy(pairs, ([typeName]) => typeName);
    this.#fields = new Map([...grouped].map(([typeName, of]) => [typeName, new Set(of.map(([, name]) => name))]));
    this.#cache = new StaleCache(limits);
  }

  /** Keeps what a subgraph answered without errors, and drops what it says is not there. */
  remember(
    fetch: Selecting & AskedEntities,
    { data, errors = [] }: Pick<SubgraphResponse, "data" | "errors">,
    asked: Asked,
  ): void {
    const entities = data?._entities;
    const { texts, typeNames } = fetch;
    if (!Array.isArray(entities) || entities.length !== texts.length) return;
    if (errors.some((error) => indexOf(error) === undefined)) return;
    const failed = new Set(errors.map(indexOf));
    const viewer = viewerKey(asked.viewer);
    const keptOf = this.#keptByType(fetch, asked);
    for (const [index, text] of texts.entries()) {
      const kept = failed.has(index) ? undefined : keptOf(typeNames[index] as string);
      const values: unknown = entities[index];
      if (!kept) continue;
      const entity = entityKey(asked.subgraph, text);
      if (values === null) this.#cache.drop(entity);
      else if (typeof values === "object" && kept.length > 0)
        this.#cache.put(viewer, entity, present(kept, values as Record<string, unknown>));
    }
  }

  /**
   * Fills in the entities of a fetch that could not be had, if all that is public of them and was asked for is known. What
   * else was asked for of them keeps its error. `result` stays as it is.
   */
  fill(
    fetch: PlannedFetch,
    result: FetchResult,
    asked: Asked & { readonly places: FetchPlaces },
  ): { readonly result: FetchResult; readonly notes: readonly StaleNote[] } {
    const { data, errors = [] } = result;
    const entities = [...((data?._entities as unknown[] | undefined) ?? [])];
    const byPosition = Map.groupBy(errors, ({ path }) => path?.[1]);
    const notes: StaleNote[] = [];
    if (!errors.some(isUnreachable)) return { result, notes };
    for (const [index, representation] of (fetch.representations ?? []).entries()) {
      const position = asked.places.positionOf(index);
      const path = asked.places.pathAt(position);
      const lost = byPosition.get(position);
      if (!path || entities[index] != null || !lost?.every(isUnreachable)) continue;
      const found = this.#find(fetch, representation, asked);
      if (!found) continue;
      entities[index] = found.entity;
      byPosition.set(position, found.missing.length > 0 ? lost.map((error) => narrowed(error, found.missing)) : []);
      notes.push({ path, fields: found.fields, ageSeconds: found.ageSeconds });
    }
    if (notes.length === 0) return { result, notes };
    const left = [...byPosition.values()].flat();
    return { result: { data: { ...data, _entities: entities }, ...(left.length > 0 && { errors: left }) }, notes };
  }

  #find(fetch: PlannedFetch, representation: Representation, asked: Asked) {
    const typeName = String(representation.__typename);
    const names = this.#fields.get(typeName);
    const selected = this.#selected(fetch, typeName, asked);
    const kept = names && this.#kept(selected, names);
    if (!kept || kept.length === 0) return undefined;
    const viewer = viewerKey(asked.viewer);
    const entity = entityKey(asked.subgraph, JSON.stringify(representation));
    const known = this.#cache.get(
      viewer,
      entity,
      kept.map(({ name }) => name),
    );
    if (!known) return undefined;
    const typeNames = selected.filter(({ name }) => name === "__typename");
    return {
      entity: Object.fromEntries([
        ...typeNames.map(({ key }) => [key, typeName]),
        ...kept.map(({ key, name }) => [key, known.values[name]]),
      ]),
      fields: keysOf(kept),
      missing: keysOf(selected.filter((field) => !kept.includes(field) && !typeNames.includes(field))),
      ageSeconds: known.ageSeconds,
    };
  }

  #selected(fetch: Selecting, typeName: string, { schema }: Asked): readonly SelectedField[] {
    return this.#selections.of(fetch, typeName, schema) ?? [];
  }

  #kept(selected: readonly SelectedField[], names: ReadonlySet<string>): readonly SelectedField[] {
    return selected.filter(({ name, isPlain }) => isPlain && names.has(name));
  }

  /** The fields to keep, worked out once for each type of a fetch; undefined for a type of which nothing is. */
  #keptByType(fetch: Selecting, asked: Asked): (typeName: string) => readonly SelectedField[] | undefined {
    const known = new Map<string, readonly SelectedField[] | undefined>();
    return (typeName) => {
      if (known.has(typeName)) return known.get(typeName);
      const names = this.#fields.get(typeName);
      const kept = names && this.#kept(this.#selected(fetch, typeName, asked), names);
      known.set(typeName, kept);
      return kept;
    };
  }
}

/** The values that are there, by the names of their fields. */
function present(fields: readonly SelectedField[], values: Record<string, unknown>): [string, unknown][] {
  const pairs: [string, unknown][] = [];
  for (const { key, name } of fields) if (values[key] !== undefined) pairs.push([name, values[key]]);
  return pairs;
}

const keysOf = (fields: readonly SelectedField[]) => [...new Set(fields.map(({ key }) => key))];
