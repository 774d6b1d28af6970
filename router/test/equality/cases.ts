import type { GraphQLSchema } from "graphql";
import { type RandomOperation, randomOperation } from "./operations/operations.ts";
import { Random } from "./random.ts";

/** One request, and the seed of what subgraphs answer to its fetches. */
export interface Case {
  readonly seed: number;
  readonly text: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether what was seen before of entities is served when they can't be had. */
  readonly servesStale: boolean;
}

/** So many cases in a row are the same operation, with other variables and other answers. */
const casesPerOperation = 8;

/** Makes the case of a seed, on whatever is served: the same one each time. */
export class Cases {
  readonly #schemas: readonly GraphQLSchema[];
  #last: { readonly seed: number; readonly operation: RandomOperation } | undefined;

  /** `schemas` are what clients see. */
  constructor(schemas: readonly GraphQLSchema[]) {
    this.#schemas = schemas;
  }

  /** Which of the schemas a case is on. */
  schemaOf(seed: number): number {
    return Math.floor(seed / casesPerOperation) % this.#schemas.length;
  }

  of(seed: number): Case {
    const { text, operationName, variables } = this.#operation(seed - (seed % casesPerOperation));
    const random = new Random(seed, "case");
    return { seed, text, operationName, variables: variables.values(random), servesStale: random.chance(15) };
  }

  #operation(seed: number): RandomOperation {
    if (this.#last?.seed !== seed) {
      const schema = this.#schemas[this.schemaOf(seed)] as GraphQLSchema;
      this.#last = { seed, operation: randomOperation(schema, seed) };
    }
    return this.#last.operation;
  }
}
