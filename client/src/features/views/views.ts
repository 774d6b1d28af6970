import type { TaskFilter, TaskOrder } from "../../generated/graphql.ts";
import { inDays } from "../../shared/dates.ts";

export const viewNames = ["all", "today", "upcoming", "overdue", "completed", "trash"] as const;
export type ViewName = (typeof viewNames)[number];

/** A way to look at tasks: which, and in which order. */
export interface View {
  readonly name: ViewName | "list" | "search";
  readonly filter: TaskFilter;
  readonly orderBy: TaskOrder | null;
  /** The list that it shows, if it shows one. */
  readonly listId: string | null;
  /** When a task that is made here is due. */
  readonly dueDate: string | null;
}

export const pathOf = (name: ViewName): string => (name === "all" ? "/" : `/${name}`);
export const pathOfList = (id: string): string => `/list/${id}`;

const byDueDate: TaskOrder = { field: "DUE_DATE", direction: "ASC" };
const latestFirst: TaskOrder = { field: "UPDATED_AT", direction: "DESC" };
// The end of a list is its top: what is new is seen.
const byHand: TaskOrder = { field: "POSITION", direction: "DESC" };

/** A view by its name; `today` is the calendar day where the person is. */
export function viewOf(name: ViewName, today: string): View {
  const view = { name, listId: null, dueDate: null };
  switch (name) {
    case "all":
      return { ...view, filter: { completed: false }, orderBy: null };
    case "today":
      return {
        ...view,
        filter: { completed: false, dueFrom: today, dueTo: today },
        orderBy: byDueDate,
        dueDate: today,
      };
    case "upcoming":
      return {
        ...view,
        filter: { completed: false, dueFrom: inDays(today, 1) },
        orderBy: byDueDate,
        dueDate: inDays(today, 1),
      };
    case "overdue":
      return { ...view, filter: { completed: false, dueTo: inDays(today, -1) }, orderBy: byDueDate };
    case "completed":
      return { ...view, filter: { completed: true }, orderBy: latestFirst };
    case "trash":
      return { ...view, filter: { trashed: true }, orderBy: latestFirst };
  }
}

export const viewOfList = (listId: string): View => ({
  name: "list",
  filter: { completed: false, listId },
  orderBy: byHand,
  listId,
  dueDate: null,
});

export const viewOfSearch = (text: string): View => ({
  name: "search",
  filter: { text },
  orderBy: latestFirst,
  listId: null,
  dueDate: null,
});
