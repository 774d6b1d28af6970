import { count } from "../../settings.ts";

/** What one GraphQL document may hold. Going over any of them is `QUERY_TOO_COMPLEX`. */
export interface Limits {
  /** How deep fields may nest; fragments and introspection don't count. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Lexical tokens of a document. GraphiQL's introspection query has about 250. */
  readonly tokens: number;
  /** Fields that an operation may ask of Query or Mutation. */
  readonly rootFields: number;
  /** Selections of all operations of a document, fragments spread out (see measure.ts). */
  readonly selections: number;
  /** Objects that an operation could return at most, by its page sizes (see cost.ts). */
  readonly cost: number;
}

/**
 * Of a subgraph: what stops an attack, and is out of the way of a router, whose fetches have the fragments of an
 * operation spread out, aliases of their own, and many entities each.
 */
export const subgraphLimits: Limits = {
  depth: 20,
  aliases: 1_000,
  directives: 1_000,
  tokens: 10_000,
  rootFields: 50,
  selections: 10_000,
  cost: 100_000,
};

/** The settings of the limits. `fallback` holds their defaults. */
export const limitSettings = (fallback: Limits) => ({
  LIMIT_DEPTH: count(fallback.depth),
  LIMIT_ALIASES: count(fallback.aliases, { least: 0 }),
  LIMIT_DIRECTIVES: count(fallback.directives, { least: 0 }),
  LIMIT_TOKENS: count(fallback.tokens),
  LIMIT_ROOT_FIELDS: count(fallback.rootFields),
  LIMIT_SELECTIONS: count(fallback.selections),
  LIMIT_COST: count(fallback.cost, { most: 1_000_000_000 }),
});

export const limitsOf = (settings: Readonly<Record<keyof ReturnType<typeof limitSettings>, number>>): Limits => ({
  depth: settings.LIMIT_DEPTH,
  aliases: settings.LIMIT_ALIASES,
  directives: settings.LIMIT_DIRECTIVES,
  tokens: settings.LIMIT_TOKENS,
  rootFields: settings.LIMIT_ROOT_FIELDS,
  selections: settings.LIMIT_SELECTIONS,
  cost: settings.LIMIT_COST,
});
