import type { TaskFilter, TaskOrder } from "../../generated/graphql.ts";
import { tagKey } from "./tags.ts";
import type { TaskRecord } from "./task-record.ts";

type TaskState = "open" | "completed" | "trashed";

/** The trash hides whether a task is completed. */
export const stateOf = ({ deletedAt, completed }: TaskRecord): TaskState =>
  deletedAt ? "trashed" : completed ? "completed" : "open";

/** Whether a task is among those that a filter lets through, as the server sees it. */
export function matches(task: TaskRecord, filter: TaskFilter): boolean {
  const { listId, completed, dueFrom, dueTo, trashed, priority, tags, text } = filter;
  if (Boolean(trashed) !== (task.deletedAt !== null)) return false;
  if (typeof completed === "boolean" && completed !== task.completed) return false;
  if (listId && listId !== task.list.id) return false;
  if ((dueFrom || dueTo) && !isWithin(task.dueDate, dueFrom, dueTo)) return false;
  if (priority && !priority.includes(task.priority)) return false;
  if (tags && !tags.every((tag) => task.tags.some((own) => tagKey(own) === tagKey(tag)))) return false;
  return !text || saysAll(task, text);
}

const isWithin = (day: string | null, from = "" as string | null, to = "9999-12-31" as string | null) =>
  day !== null && day >= (from ?? "") && day <= (to ?? "9999-12-31");

// As the server folds them, which is further than what is typed in a hurry is folded.
const wordsOf = (text: string) =>
  text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** Each word of a search is the beginning of a word of title, notes or tags. */
function saysAll({ title, notes, tags }: TaskRecord, text: string): boolean {
  const said = wordsOf([title, notes ?? "", ...tags].join(" "));
  return wordsOf(text).every((word) => said.some((one) => one.startsWith(word)));
}

const priorities = ["NONE", "LOW", "MEDIUM", "HIGH", "URGENT"];

const sortedBy: Record<TaskOrder["field"], (task: TaskRecord) => string | number> = {
  CREATED_AT: ({ createdAt }) => createdAt,
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  DUE_DATE: ({ dueDate }) => dueDate ?? "none", // behind every day
  PRIORITY: ({ priority }) => priorities.indexOf(priority),
  POSITION: ({ position }) => position,
};

/** Compares two tasks as the server orders them: newest first unless said otherwise; ids break ties. */
export function comparator(order?: TaskOrder | null): (a: TaskRecord, b: TaskRecord) => number {
  const value = sortedBy[order?.field ?? "CREATED_AT"];
  const sign = (order?.direction ?? (order ? "ASC" : "DESC")) === "ASC" ? 1 : -1;
  return (a, b) => sign * (compare(value(a), value(b)) || compare(a.id, b.id));
}

const compare = <T extends string | number>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);
