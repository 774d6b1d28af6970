import { graphql } from "../../generated/gql.ts";
import type { TasksQueryVariables } from "../../generated/graphql.ts";

export const pageSize = 50;

export const tasksQuery = graphql(`
  query Tasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {
    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      edges { cursor node { id ...TaskRow } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** The open tasks, or the completed ones, of a list or of all, the newest first. */
export const tasksOf = (listId: string | null, completed: boolean): TasksQueryVariables => ({
  first: pageSize,
  filter: { completed, ...(listId !== null && { listId }) },
});
