import type { QueryFilter } from "mongoose";
import type { Place, ResolvedOrder } from "./orderings.ts";
import type { StoredTask } from "./task.ts";
import type { ResolvedFilter } from "./task-filter.ts";

/** A run of tasks in an order: those behind `after` and before `before`, from either end. */
export interface PageQuery {
  readonly ownerId: string;
  readonly filter: ResolvedFilter;
  readonly order: ResolvedOrder;
  readonly after: Place | null;
  readonly before: Place | null;
  readonly backwards: boolean;
}

type Condition = QueryFilter<StoredTask>;

/** All that the filter lets through, as one condition. */
export const matching = ({ ownerId, filter }: Pick<PageQuery, "ownerId" | "filter">): Condition => ({
  ownerId,
  state: { $in: [...filter.states] },
  ...filter.match,
});

/**
 * The tasks of a page as one `$or` of index ranges, one for each state and half of the keyset condition. Written out
 * like this, MongoDB merges the ranges in index order and stops at the limit; given `state: { $in }` and the keyset
 * condition side by side, it walks the whole index up to the cursor instead.
 */
export function pageCondition({ ownerId, filter, order, after, before, backwards }: PageQuery): Condition {
  const ascending = order.direction === "ASC";
  const behind = after ? keyset(order, after, ascending) : [];
  const ahead = before ? keyset(order, before, !ascending) : [];
  const [start, end] = backwards ? [ahead, behind] : [behind, ahead];
  const ranges = start.length > 0 ? start : [{}];
  return {
    $or: filter.states.flatMap((state) =>
      ranges.map((range) => ({
        $and: [{ ownerId, state, ...filter.match }, range, ...(end.length > 0 ? [{ $or: end }] : [])],
      })),
    ),
  };
}

/** Everything on one side of a place: greater values, and equal ones with a greater id (or less, descending). */
function keyset({ field }: ResolvedOrder, { value, id }: Place, greater: boolean): Condition[] {
  const comparison = greater ? "$gt" : "$lt";
  return [{ [field]: { [comparison]: value } }, { [field]: value, _id: { [comparison]: id } }];
}

/** The order in which MongoDB reads a page: from the end that the page begins at. */
export function sortOf({ order, backwards }: PageQuery): Record<string, 1 | -1> {
  const direction = (order.direction === "ASC") === backwards ? -1 : 1;
  return { [order.field]: direction, _id: direction };
}

/** The index that serves a query by design; a search by words is left to MongoDB's own choice between two kinds. */
export const indexOf = ({ filter, order }: PageQuery): string | undefined =>
  filter.scope === "words" ? undefined : `${filter.scope}_${order.field}`;
