import type { RouterSettings } from "../config.ts";

/** What one GraphQL document may hold. Going over any of them is `QUERY_TOO_COMPLEX`. */
export interface Limits {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly tokens: number;
  readonly rootFields: number;
  readonly cost: number;
}

export const limitsOf = (config: RouterSettings): Limits => ({
  depth: config.LIMIT_DEPTH,
  aliases: config.LIMIT_ALIASES,
  directives: config.LIMIT_DIRECTIVES,
  tokens: config.LIMIT_TOKENS,
  rootFields: config.LIMIT_ROOT_FIELDS,
  cost: config.LIMIT_COST,
});
