import type { SubgraphResponse, SubgraphResponseError } from "./call.ts";

/** Entities that are asked for, without an order to answer them in. */
export interface AskedEntities {
  /** Their representations, as JSON text. */
  readonly texts: readonly string[];
  readonly typeNames: readonly string[];
}

/**
 * The representations of a fetch, each once: twenty tasks of one owner are one question. What is answered for one is
 * given back to all that are alike.
 */
export class DistinctEntities implements AskedEntities {
  readonly texts: readonly string[];
  readonly typeNames: readonly string[];
  /** Which of the distinct ones each representation is. */
  readonly #indexes: readonly number[];

  constructor(representations: readonly Readonly<Record<string, unknown>>[]) {
    const indexes = new Map<string, number>();
    const typeNames: string[] = [];
    this.#indexes = representations.map((representation) => {
      const text = JSON.stringify(representation);
      const index = indexes.get(text) ?? typeNames.push(String(representation.__typename)) - 1;
      indexes.set(text, index);
      return index;
    });
    this.texts = [...indexes.keys()];
    this.typeNames = typeNames;
  }

  /** The response as if all had been asked for. One with too few entities, or too many, has none for anybody. */
  spread(response: SubgraphResponse): SubgraphResponse {
    if (this.#indexes.length === this.texts.length) return response;
    const { data, errors } = response;
    return {
      ...response,
      ...(Array.isArray(data?._entities) && { data: { ...data, _entities: this.#spreadEntities(data._entities) } }),
      ...(errors && { errors: errors.flatMap((error) => this.#spreadError(error)) }),
    };
  }

  #spreadEntities(entities: readonly unknown[]): unknown[] {
    if (entities.length !== this.texts.length) return [];
    const seen = new Set<number>();
    const own = (index: number) => {
      const entity = entities[index];
      const isFirst = !seen.has(index);
      seen.add(index);
      return isFirst ? entity : structuredClone(entity); // the gateway merges into each
    };
    return this.#indexes.map(own);
  }

  #spreadError(error: SubgraphResponseError): SubgraphResponseError[] {
    const [root, asked, ...rest] = error.path ?? [];
    if (root !== "_entities" || typeof asked !== "number") return [error];
    const alike = this.#indexes.flatMap((index, position) => (index === asked ? [position] : []));
    return alike.length === 0 ? [error] : alike.map((position) => ({ ...error, path: [root, position, ...rest] }));
  }
}
