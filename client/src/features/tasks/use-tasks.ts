import { useQuery } from "@apollo/client/react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { graphql } from "../../generated/gql.ts";
import type { TaskRowFragment, TasksQueryVariables } from "../../generated/graphql.ts";
import { ask } from "../sync/ask.ts";
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

const listedQuery = graphql(`
  query ListedTasks($filter: TaskFilter, $orderBy: TaskOrder) {
    tasks(filter: $filter, orderBy: $orderBy) {
      ids @client
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** A task in a view: what it says is read where it is shown, so that one change is no work for thousands of others. */
export type ListedTask = Pick<TaskRowFragment, "id">;

export interface Tasks extends Load {
  /** Undefined until something is known of them. */
  readonly tasks: readonly ListedTask[] | undefined;
  readonly hasMore: boolean;
  readonly loadMore: () => void;
}

/** The tasks of a view: those that are known, and more as they are asked for, page by page. */
export function useTasks({ filter, orderBy }: View): Tasks {
  const workspace = useWorkspace();
  const { apollo } = workspace;
  const key = JSON.stringify({ first: pageSize, filter, orderBy });
  const variables = useMemo(() => JSON.parse(key) as TasksQueryVariables, [key]);
  const { data, dataState } = useQuery(listedQuery, { variables: { filter, orderBy }, fetchPolicy: "cache-only" });
  const load = useLoad(tasksQuery, variables);
  const asked = useRef<string | null>(null);

  // While a change waits, Apollo Client gives out parts, too: a page of which only the count is known, say.
  const page = dataState === "complete" ? data.tasks : undefined;
  const isUnanswered = page === undefined && Boolean(load.error);
  useEffect(() => {
    if (isUnanswered) showKnown(workspace, variables);
  }, [isUnanswered, workspace, variables]);
  const ids = page?.ids;
  const tasks = useMemo(() => ids?.map((id) => ({ id })), [ids]);
  const endCursor = page?.pageInfo.endCursor ?? null;
  const loadMore = useCallback(() => {
    if (endCursor === null || asked.current === endCursor) return;
    asked.current = endCursor;
    void ask(apollo, tasksQuery, { ...variables, after: endCursor }).finally(() => {
      asked.current = null;
    });
  }, [apollo, variables, endCursor]);
  return { ...load, tasks, hasMore: page?.pageInfo.hasNextPage ?? false, loadMore };
}
