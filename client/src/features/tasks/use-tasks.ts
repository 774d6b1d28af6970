import { useQuery } from "@apollo/client/react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { graphql } from "../../generated/gql.ts";
import type { TaskRowFragment, TasksQueryVariables } from "../../generated/graphql.ts";
import { type Load, useLoad } from "../sync/use-load.ts";
import { useWorkspace } from "../sync/use-workspace.ts";
import type { View } from "../views/views.ts";
import { showKnown } from "./show-known.ts";

const pageSize = 100;

export const tasksQuery = graphql(`
  query Tasks($first: Int!, $after: String, $filter: TaskFilter, $orderBy: TaskOrder) {
    tasks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      edges { cursor node { id ...TaskRow ...TaskRecord } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export interface Tasks extends Load {
  /** Undefined until something is known of them. */
  readonly tasks: readonly TaskRowFragment[] | undefined;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
}

/** The tasks of a view: those that are known, and more as they are asked for, page by page. */
export function useTasks({ filter, orderBy }: View): Tasks {
  const workspace = useWorkspace();
  const { apollo } = workspace;
  const key = JSON.stringify({ first: pageSize, filter, orderBy });
  const variables = useMemo(() => JSON.parse(key) as TasksQueryVariables, [key]);
  const { data } = useQuery(tasksQuery, { variables, fetchPolicy: "cache-only" });
  const load = useLoad(tasksQuery, variables);
  const asked = useRef<string | null>(null);

  // The overview counts the same pages: for a moment there can be the count alone.
  const page = data?.tasks.edges ? data.tasks : undefined;
  const isUnanswered = page === undefined && Boolean(load.error);
  useEffect(() => {
    if (isUnanswered) showKnown(workspace, variables);
  }, [isUnanswered, workspace, variables]);
  const tasks = useMemo(() => page?.edges.map(({ node }) => node), [page]);
  const endCursor = page?.pageInfo.endCursor ?? null;
  const loadMore = useCallback(() => {
    if (endCursor === null || asked.current === endCursor) return;
    asked.current = endCursor;
    void apollo
      .query({ query: tasksQuery, variables: { ...variables, after: endCursor }, fetchPolicy: "network-only" })
      .catch(() => {})
      .finally(() => {
        asked.current = null;
      });
  }, [apollo, variables, endCursor]);
  return { ...load, tasks, hasMore: page?.pageInfo.hasNextPage ?? false, loadMore };
}
