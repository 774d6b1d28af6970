import type { Viewer } from "@tareas/service-kit/auth/viewer";
import type { GraphQLSchema } from "graphql";
import type { SubgraphResponse, SubgraphResponseError } from "../call.ts";
import { FetchError } from "../fetch-error.ts";
import type { FetchPlaces } from "../fetch-places.ts";
import type { PlannedFetch } from "../planned-fetch.ts";
import type { FetchResult } from "../present-response.ts";
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

type Representation = Readonly<Record<string, unknown>>;

const unreachable: ReadonlySet<string> = new Set(["SUBGRAPH_UNAVAILABLE", "SUBGRAPH_TIMEOUT"]);

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
  remember(fetch: PlannedFetch, { data, errors = [] }: SubgraphResponse, asked: Asked): void {
    const entities = data?._entities;
    const representations = fetch.representations ?? [];
    if (!Array.isArray(entities) || entities.length !== representations.length) return;
    if (errors.some((error) => indexOf(error) === undefined)) return;
    const failed = new Set(errors.map(indexOf));
    const viewer = viewerKey(asked.viewer);
    for (const [index, representation] of representations.entries()) {
      const fields = failed.has(index) ? undefined : this.#fields.get(String(representation.__typename));
      if (!fields) continue;
      const entity = entityKey(asked.subgraph, representation);
      if (entities[index] === null) this.#cache.drop(entity);
      else if (typeof entities[index] === "object")
        this.#keep(viewer, entity, entities[index], this.#kept(this.#selected(fetch, representation, asked), fields));
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
    const names = this.#fields.get(String(representation.__typename));
    const selected = this.#selected(fetch, representation, asked);
    const kept = names && this.#kept(selected, names);
    if (!kept || kept.length === 0) return undefined;
    const viewer = viewerKey(asked.viewer);
    const entity = entityKey(asked.subgraph, representation);
    const known = this.#cache.get(
      viewer,
      entity,
      kept.map(({ name }) => name),
    );
    if (!known) return undefined;
    const typeNames = selected.filter(({ name }) => name === "__typename");
    return {
      entity: Object.fromEntries([
        ...typeNames.map(({ key }) => [key, representation.__typename]),
        ...kept.map(({ key, name }) => [key, known.values[name]]),
      ]),
      fields: keysOf(kept),
      missing: keysOf(selected.filter((field) => !kept.includes(field) && !typeNames.includes(field))),
      ageSeconds: known.ageSeconds,
    };
  }

  #selected(fetch: PlannedFetch, representation: Representation, { schema }: Asked): readonly SelectedField[] {
    return this.#selections.of(fetch, String(representation.__typename), schema) ?? [];
  }

  #kept(selected: readonly SelectedField[], names: ReadonlySet<string>): readonly SelectedField[] {
    return selected.filter(({ name, isPlain }) => isPlain && names.has(name));
  }

  #keep(viewer: string, entity: string, values: Record<string, unknown>, fields: readonly SelectedField[]): void {
    for (const { key, name } of fields)
      if (values[key] !== undefined) this.#cache.put(viewer, entity, name, values[key]);
  }
}

const keysOf = (fields: readonly SelectedField[]) => [...new Set(fields.map(({ key }) => key))];

/** Which entity of a response an error is about; undefined when it is about more than one, or nobody knows. */
function indexOf({ path }: SubgraphResponseError): number | undefined {
  const [root, index] = path ?? [];
  return root === "_entities" && typeof index === "number" ? index : undefined;
}

/** Whether an error says that a whole entity can't be had now. */
const isUnreachable = ({ code, path }: FetchError) => path?.length === 2 && unreachable.has(code);

const narrowed = (error: FetchError, lostKeys: readonly string[]) => new FetchError(error, error.path, lostKeys);
