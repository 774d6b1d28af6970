import { BadUserInput } from "@tareas/service-kit/errors";
import type { TaskFilter, TaskOrder } from "../generated/schema.ts";
import { decodeCursor } from "./cursor.ts";
import { resolveOrder } from "./orderings.ts";
import type { PageQuery } from "./page-query.ts";
import { resolveFilter } from "./task-filter.ts";

/** The arguments of a connection (Relay), as GraphQL hands them over. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly filter?: TaskFilter | null | undefined;
  readonly orderBy?: TaskOrder | null | undefined;
}

export const mostPerPage = 100;
const usualPerPage = 20;

/** Throws `BadUserInput` for a page size outside 0 to 100, or a cursor of another order. */
export function resolvePage(ownerId: string, args: PageArguments): { query: PageQuery; size: number } {
  const backwards = typeof args.last === "number";
  const size = (backwards ? args.last : args.first) ?? usualPerPage;
  const argument = backwards ? "last" : "first";
  if (size < 0) throw new BadUserInput([{ path: argument, code: "TOO_SMALL" }]);
  if (size > mostPerPage)
    throw new BadUserInput([{ path: argument, code: "TOO_LARGE" }], `A page holds at most ${mostPerPage} tasks.`);
  const order = resolveOrder(args.orderBy);
  return {
    size,
    query: {
      ownerId,
      filter: resolveFilter(args.filter),
      order,
      after: args.after ? decodeCursor(order, args.after, "after") : null,
      before: args.before ? decodeCursor(order, args.before, "before") : null,
      backwards,
    },
  };
}
