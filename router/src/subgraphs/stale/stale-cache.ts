import { LRUCache } from "lru-cache";

export interface StaleLimits {
  /** How many entities are kept, each once for every viewer who saw it: the one that was used longest ago goes first. */
  readonly maxEntries: number;
  /** How old what is served may be, in seconds. */
  readonly maxAgeSeconds: number;
}

interface Entry {
  readonly entity: string;
  readonly viewer: string;
  readonly fields: Map<string, Seen>;
}

interface Seen {
  value: unknown;
  seenAt: number;
}

/** Values of some fields of an entity, and how long ago the oldest of them was seen. */
export interface Found {
  readonly values: Readonly<Record<string, unknown>>;
  readonly ageSeconds: number;
}

const secondsNow = () => performance.now() / 1_000;

/** Fields of entities as each viewer saw them last. What one viewer saw is never given to another. */
export class StaleCache {
  readonly #maxAgeSeconds: number;
  readonly #now: () => number;
  readonly #entries: LRUCache<string, Entry>;
  /** Who has seen an entity: it is dropped for all of them. */
  readonly #viewers = new Map<string, Set<string>>();

  /** `now` is a clock in seconds. */
  constructor({ maxEntries, maxAgeSeconds }: StaleLimits, now = secondsNow) {
    this.#maxAgeSeconds = maxAgeSeconds;
    this.#now = now;
    this.#entries = new LRUCache({ max: maxEntries, dispose: (entry) => this.#forget(entry) });
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Keeps values of fields by name, as they are now. */
  put(viewer: string, entity: string, values: Iterable<readonly [name: string, value: unknown]>): void {
    const fields = this.#entries.get(keyOf(viewer, entity))?.fields ?? this.#add(viewer, entity);
    const seenAt = this.#now();
    for (const [name, value] of values) {
      const seen = fields.get(name);
      if (!seen) fields.set(name, { value: copyOf(value), seenAt });
      else {
        seen.value = copyOf(value);
        seen.seenAt = seenAt;
      }
    }
  }

  /** All of the fields with these names; undefined when one of them is not known, or too old. */
  get(viewer: string, entity: string, names: readonly string[]): Found | undefined {
    const entry = this.#entries.get(keyOf(viewer, entity));
    if (!entry) return undefined;
    const values: Record<string, unknown> = {};
    let seenAt = Number.POSITIVE_INFINITY;
    for (const name of names) {
      const field = entry.fields.get(name);
      if (!field) return undefined;
      values[name] = copyOf(field.value);
      seenAt = Math.min(seenAt, field.seenAt);
    }
    const ageSeconds = this.#now() - seenAt;
    return ageSeconds <= this.#maxAgeSeconds ? { values, ageSeconds } : undefined;
  }

  /** An entity is gone: nobody gets it any more. */
  drop(entity: string): void {
    for (const viewer of [...(this.#viewers.get(entity) ?? [])]) this.#entries.delete(keyOf(viewer, entity));
  }

  #add(viewer: string, entity: string): Entry["fields"] {
    const fields: Entry["fields"] = new Map();
    this.#entries.set(keyOf(viewer, entity), { entity, viewer, fields });
    const viewers = this.#viewers.get(entity);
    if (viewers) viewers.add(viewer);
    else this.#viewers.set(entity, new Set([viewer]));
    return fields;
  }

  #forget({ entity, viewer }: Entry): void {
    const viewers = this.#viewers.get(entity);
    viewers?.delete(viewer);
    if (viewers?.size === 0) this.#viewers.delete(entity);
  }
}

const keyOf = (viewer: string, entity: string) => `${viewer}\n${entity}`;

/** The gateway changes what it was given. */
const copyOf = (value: unknown) => (typeof value === "object" && value !== null ? structuredClone(value) : value);
