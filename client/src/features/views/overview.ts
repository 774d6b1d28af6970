import { useQuery } from "@apollo/client/react";
import { createContext, use } from "react";
import { graphql } from "../../generated/gql.ts";
import type { OverviewQuery, OverviewQueryVariables } from "../../generated/graphql.ts";
import { useToday } from "../../shared/use-today.ts";
import { type Load, useLoad } from "../sync/use-load.ts";
import { type ViewName, viewOf } from "./views.ts";

const overview = graphql(`
  query Overview($today: TaskFilter!, $upcoming: TaskFilter!, $overdue: TaskFilter!, $byDueDate: TaskOrder) {
    me { id displayName }
    taskLists { id ...ListRecord ...ListLink }
    today: tasks(first: 0, filter: $today, orderBy: $byDueDate) { totalCount }
    upcoming: tasks(first: 0, filter: $upcoming, orderBy: $byDueDate) { totalCount }
    overdue: tasks(first: 0, filter: $overdue, orderBy: $byDueDate) { totalCount }
  }
`);

export interface Overview extends Load {
  readonly lists: OverviewQuery["taskLists"];
  /** How many tasks each view holds, as far as that is known. */
  readonly counts: Readonly<Partial<Record<ViewName, number>>>;
}

export const OverviewContext = createContext<Overview | null>(null);

/** The lists and how much there is to do. */
export function useOverview(): Overview {
  const found = use(OverviewContext);
  if (!found) throw new Error("there is no overview here");
  return found;
}

/** Asks for the overview: once, for all that show something of it. */
export function useLoadedOverview(): Overview {
  const today = useToday();
  const filterOf = (name: ViewName) => viewOf(name, today).filter;
  const variables: OverviewQueryVariables = {
    today: filterOf("today"),
    upcoming: filterOf("upcoming"),
    overdue: filterOf("overdue"),
    byDueDate: viewOf("today", today).orderBy,
  };
  const { data } = useQuery(overview, { variables, fetchPolicy: "cache-only", returnPartialData: true });
  const load = useLoad(overview, variables);
  const lists = (data?.taskLists ?? []) as OverviewQuery["taskLists"];
  const sum = (state: "open" | "completed" | "trashed") =>
    lists.reduce((total, { counts }) => total + counts[state], 0);
  const known = data?.taskLists ? { all: sum("open"), completed: sum("completed"), trash: sum("trashed") } : {};
  const ofDay = {
    today: data?.today?.totalCount,
    upcoming: data?.upcoming?.totalCount,
    overdue: data?.overdue?.totalCount,
  };
  return { ...load, lists, counts: { ...known, ...(ofDay as Partial<Record<ViewName, number>>) } };
}
