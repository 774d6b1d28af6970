import { locatedAt, positionsOf } from "./entity-positions.ts";
import type { PlannedFetch } from "./planned-fetch.ts";

interface Places {
  readonly located: ReturnType<typeof locatedAt>;
  readonly positions: readonly number[];
}

/** Where the entities of a fetch stand in the answer. It is worked out when first asked for: after a failure. */
export class FetchPlaces {
  readonly #compute: () => Places;
  #computed: Places | undefined;

  /** `roots` is the data of root fetches so far, `path` that of the fetch in the query plan. */
  constructor({ representations = [] }: PlannedFetch, roots: readonly unknown[], path: readonly string[]) {
    this.#compute = () => {
      const located = locatedAt(roots, path);
      const entities = located.map(({ entity }) => entity);
      return { located, positions: positionsOf(representations, entities) };
    };
  }

  /** Where the entity of a representation stands among all objects at the fetch's path. */
  readonly positionOf = (representation: number): number => this.#all.positions[representation] ?? representation;

  /** The path of the object at such a position in the client's answer. */
  pathAt(position: number): readonly (string | number)[] | undefined {
    return this.#all.located[position]?.path;
  }

  get #all(): Places {
    this.#computed ??= this.#compute();
    return this.#computed;
  }
}
