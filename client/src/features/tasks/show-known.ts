import type { TasksQueryVariables } from "../../generated/graphql.ts";
import { TaskCache } from "../sync/task-cache.ts";
import { comparator, matches } from "../sync/task-filters.ts";
import type { Workspace } from "../sync/workspace.ts";
import { tasksQuery } from "./use-tasks.ts";

/**
 * Fills a view that the server was never asked for, and can't be asked for now, from the tasks that this device knows of.
 * The first answer takes its place.
 */
export function showKnown({ apollo: { cache }, showWaiting }: Workspace, variables: TasksQueryVariables): void {
  const known = new TaskCache(cache, { optimistic: false });
  const tasks = known
    .places()
    .flatMap(({ id }) => known.task(id) ?? [])
    .filter((task) => matches(task, variables.filter ?? {}))
    .toSorted(comparator(variables.orderBy));
  const edges = tasks.map((task) => ({
    __typename: "TaskEdge",
    cursor: "",
    node: { __typename: "Task", ...task, list: { __typename: "TaskList", ...task.list } },
  }));
  const pageInfo = { __typename: "PageInfo", hasNextPage: false, endCursor: null };
  const data = { tasks: { __typename: "TaskConnection", edges, pageInfo } };
  cache.writeQuery({ query: tasksQuery, variables, data });
  showWaiting();
}
