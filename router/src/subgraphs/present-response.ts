import { type CodedError, SubgraphUnavailable } from "@tareas/service-kit/errors";
import type { SubgraphResponse, SubgraphResponseError } from "./call.ts";
import { FetchError } from "./fetch-error.ts";
import type { PlannedFetch } from "./planned-fetch.ts";

type Path = readonly (string | number)[];
type Data = Record<string, unknown> | null;

/** What the gateway gets from a fetch. Each error has the path of a null in `data`, if it has one at all. */
export interface FetchResult {
  readonly data: Data;
  readonly errors?: readonly FetchError[];
}

export interface Presentation {
  readonly subgraph: string;
  readonly toCodedError: (error: SubgraphResponseError) => CodedError;
  /** Where the entity of a representation stands among all objects at the fetch's path. */
  readonly positionOf: (representation: number) => number;
}

/** Turns a response into what the gateway can merge: errors coded, each at the path of what it cost. */
export function presentResponse(
  fetch: PlannedFetch,
  { data: answered = null, errors = [] }: SubgraphResponse,
  presentation: Presentation,
): FetchResult {
  // Entities that are null as a whole are as good as no data, and the gateway takes nothing but a list of them.
  const data = fetch.representations && answered?._entities == null ? null : answered;
  const { toCodedError, positionOf, subgraph } = presentation;
  if (!hasExpectedEntities(fetch, data) || (data === null && errors.length === 0))
    return failWhole(fetch, new SubgraphUnavailable(subgraph), positionOf);
  const presented = errors.flatMap((error) => {
    const coded = toCodedError(error);
    const path = error.path ?? [];
    if (path.length > (fetch.representations ? 1 : 0)) return [atPath(fetch, coded, path, positionOf)];
    const lost = wholePaths(fetch).filter((whole) => valueAt(data, whole) == null);
    if (lost.length === 0) return [new FetchError(coded, undefined)];
    return lost.map((whole) => atPath(fetch, coded, whole, positionOf));
  });
  const merged = data ?? emptyData(fetch);
  return presented.length > 0 ? { data: merged, errors: presented } : { data: merged };
}

/** The result of a fetch that failed as a whole: an error for each thing that it would have brought. */
export function failWhole(fetch: PlannedFetch, error: CodedError, positionOf: Presentation["positionOf"]): FetchResult {
  const errors = wholePaths(fetch).map((path) => atPath(fetch, error, path, positionOf));
  return { data: emptyData(fetch), errors };
}

function atPath(fetch: PlannedFetch, error: CodedError, path: Path, positionOf: Presentation["positionOf"]) {
  const [root, index, ...rest] = path;
  if (!fetch.representations || typeof index !== "number") return new FetchError(error, path);
  const lostKeys = rest.length === 0 ? fetch.responseKeys() : [];
  return new FetchError(error, [root as string, positionOf(index), ...rest], lostKeys);
}

/** The paths, in the subgraph's response, of all that the fetch asks for. */
const wholePaths = (fetch: PlannedFetch): Path[] =>
  fetch.representations?.map((_, index) => ["_entities", index]) ?? fetch.responseKeys().map((key) => [key]);

const emptyData = ({ representations }: PlannedFetch): Data =>
  representations ? { _entities: representations.map(() => null) } : null;

function hasExpectedEntities({ representations }: PlannedFetch, data: Data): boolean {
  if (!representations || data === null) return true;
  return Array.isArray(data._entities) && data._entities.length === representations.length;
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown> | null)?.[key], data);
