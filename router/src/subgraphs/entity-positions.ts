import { isRecord } from "../is-record.ts";

type Value = unknown;
type Path = readonly string[];

/** An object of an answer, and its path there. */
interface Located {
  readonly path: readonly (string | number)[];
  readonly entity: Record<string, Value>;
}

/** The objects at a path of a query plan, such as `tasks.edges.@.node`, in document order; nulls are left out. */
export function locatedAt(roots: readonly Value[], path: Path): Located[] {
  const [key, ...rest] = path;
  if (key === undefined) return [];
  const first = roots.find((root) => isRecord(root) && root[key] != null) as Record<string, Value> | undefined;
  return first ? walk(first[key], rest, [key]) : [];
}

/** The same without their paths. */
export const entitiesAt = (roots: readonly Value[], path: Path) => locatedAt(roots, path).map(({ entity }) => entity);

function walk(value: Value, path: Path, at: Located["path"]): Located[] {
  if (value == null) return [];
  const [key, ...rest] = path;
  if (Array.isArray(value))
    return value.flatMap((item, index) => walk(item, key === "@" ? rest : path, [...at, index]));
  if (!isRecord(value)) return [];
  return key === undefined ? [{ path: at, entity: value }] : walk(value[key], rest, [...at, key]);
}

/**
 * Which of the entities at a fetch's path each representation stands for. They are in the same order, but entities of
 * other types have no representation; the gateway forgets these when it turns the index of an error into a path.
 */
export function positionsOf(
  representations: readonly Readonly<Record<string, Value>>[],
  entities: readonly Record<string, Value>[],
): number[] {
  if (entities.length <= representations.length) return representations.map((_, index) => index);
  let next = 0;
  return representations.map((representation, index) => {
    const found = entities.findIndex((entity, position) => position >= next && standsFor(representation, entity));
    if (found < 0) return index;
    next = found + 1;
    return found;
  });
}

function standsFor(representation: Readonly<Record<string, Value>>, entity: Record<string, Value>): boolean {
  return Object.entries(representation).every(
    ([key, value]) => isRecord(value) || Array.isArray(value) || entity[key] === value,
  );
}
