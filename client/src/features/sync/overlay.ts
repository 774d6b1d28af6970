import type { ApolloCache } from "@apollo/client";
import { BASE_62_DIGITS, generateKeyBetween } from "fractional-indexing";
import type { Done } from "./deliver.ts";
import { distinctTags, retagged } from "./tags.ts";
import { TaskCache } from "./task-cache.ts";
import type { ListRecord, TaskRecord } from "./task-record.ts";
import type { TaskEdit, Write, WriteOf } from "./write.ts";

/**
 * Shows in the cache what a write will have done, before the server knows of it. Of two writes the later has a later
 * `now`: what is new stands behind what was made before, by the clock.
 */
export function showWrite(cache: ApolloCache, write: Write, now = new Date().toISOString()): void {
  const tasks = new TaskCache(cache);
  const change = (id: string, changed: (task: TaskRecord) => TaskRecord | null) => {
    const task = tasks.task(id);
    if (task) tasks.showTask(id, withTime(changed(task), task, now));
  };
  switch (write.kind) {
    case "createTask":
      tasks.showTask(write.input.id, newTask(write.input, tasks, now));
      break;
    case "updateTask":
      change(write.input.id, (task) => edited(task, write.input, tasks, now));
      break;
    case "moveTask":
      change(write.input.id, (task) => moved(task, write.input, tasks, now));
      break;
    case "deleteTask":
      change(write.input.id, (task) => ({ ...task, deletedAt: task.deletedAt ?? now }));
      break;
    case "restoreTask":
      change(write.input.id, (task) => ({ ...task, deletedAt: null }));
      break;
    case "purgeTask":
      change(write.input.id, () => null);
      break;
    case "emptyTrash":
      for (const { id, isTrashed } of tasks.places()) if (isTrashed) tasks.showTask(id, null);
      break;
    case "updateTasks":
      for (const [at, id] of write.input.ids.entries())
        change(id, (task) => changedWithOthers(task, write.input, tasks, now, at));
      break;
    case "createTaskList":
      tasks.showList(newList(write.input, tasks));
      break;
    case "updateTaskList":
      showListEdit(write.input, tasks);
      break;
    case "deleteTaskList":
      showListDeletion(write.input, tasks, now);
      break;
  }
}

/** Keeps in the cache what the server answered to a write, unless it holds something newer already. */
export function keepDone(cache: ApolloCache, write: Write, { tasks, lists, gone }: Done): void {
  const kept = new TaskCache(cache);
  for (const task of tasks) if ((kept.task(task.id)?.version ?? 0) <= task.version) kept.showTask(task.id, task);
  for (const list of lists) kept.showList(list);
  for (const id of gone) kept.showTask(id, null);
  if (write.kind === "emptyTrash" || write.kind === "deleteTaskList") showWrite(cache, write);
}

// Views that show the latest change first follow at once.
const withTime = (task: TaskRecord | null, before: TaskRecord, now: string) =>
  task && (JSON.stringify(task) === JSON.stringify(before) ? before : { ...task, updatedAt: now });

function newTask(input: WriteOf<"createTask">["input"], tasks: TaskCache, now: string): TaskRecord {
  const list = listOf(input.listId, tasks);
  return {
    id: input.id,
    title: input.title,
    notes: input.notes || null,
    completed: false,
    completedAt: null,
    priority: input.priority ?? "NONE",
    dueDate: input.dueDate ?? null,
    tags: distinctTags(input.tags ?? []),
    position: endPosition(now),
    version: 1,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    list,
  };
}

function listOf(id: string | null | undefined, tasks: TaskCache): TaskRecord["list"] {
  const list = id ? tasks.list(id) : tasks.lists().find(({ isDefault }) => isDefault);
  return { id: list?.id ?? id ?? "", name: list?.name ?? "" };
}

/** Behind everything made before, as the server places what is new: by the clock, and by their order if they are many. */
const endPosition = (now: string, at = 0): string => `g${base62(Date.parse(now), 7)}${base62(at, 2)}V`;

function base62(value: number, digits: number): string {
  let text = "";
  for (let rest = value; text.length < digits; rest = Math.floor(rest / 62)) text = BASE_62_DIGITS[rest % 62] + text;
  return text;
}

function edited(task: TaskRecord, edit: TaskEdit, tasks: TaskCache, now: string, at = 0): TaskRecord {
  const isElsewhere = edit.listId && edit.listId !== task.list.id;
  return {
    ...task,
    ...(edit.title && { title: edit.title }),
    ...(edit.notes !== undefined && { notes: edit.notes || null }),
    ...(edit.priority !== undefined && { priority: edit.priority ?? "NONE" }),
    ...(edit.dueDate !== undefined && { dueDate: edit.dueDate }),
    ...(edit.tags !== undefined && { tags: distinctTags(edit.tags ?? []) }),
    ...(typeof edit.completed === "boolean" && completion(task, edit.completed, now)),
    ...(isElsewhere && { list: listOf(edit.listId, tasks), position: endPosition(now, at) }),
  };
}

const completion = (task: TaskRecord, completed: boolean, now: string) => ({
  completed,
  completedAt: completed ? (task.completedAt ?? now) : null,
});

function changedWithOthers(
  task: TaskRecord,
  { completed, listId, addTags, removeTags, trashed }: WriteOf<"updateTasks">["input"],
  tasks: TaskCache,
  now: string,
  at: number,
): TaskRecord {
  const edit: TaskEdit = {
    ...(typeof completed === "boolean" && { completed }),
    ...(listId && { listId }),
    tags: retagged(task.tags, { add: addTags ?? [], remove: removeTags ?? [] }),
  };
  return {
    ...edited(task, edit, tasks, now, at),
    ...(typeof trashed === "boolean" && { deletedAt: trashed ? (task.deletedAt ?? now) : null }),
  };
}

/** Between its new neighbours, as far as they are known here. */
function moved(task: TaskRecord, input: WriteOf<"moveTask">["input"], tasks: TaskCache, now: string): TaskRecord {
  const list = input.listId ? listOf(input.listId, tasks) : task.list;
  const besideId = input.afterId ?? input.beforeId;
  const others = tasks.places().filter(({ id, listId }) => listId === list.id && id !== task.id);
  const beside = others.find(({ id }) => id === besideId)?.position;
  if (beside === undefined) return { ...task, list, position: endPosition(now) };
  const positions = others.map(({ position }) => position);
  const nearest = (candidates: string[], isNearer: (a: string, b: string) => boolean) =>
    candidates.reduce<string | undefined>(
      (best, one) => (best === undefined || isNearer(one, best) ? one : best),
      undefined,
    );
  const position = input.afterId
    ? between(
        beside,
        nearest(
          positions.filter((one) => one > beside),
          (a, b) => a < b,
        ),
      )
    : between(
        nearest(
          positions.filter((one) => one < beside),
          (a, b) => a > b,
        ),
        beside,
      );
  return { ...task, list, position };
}

const between = (before: string | undefined, after: string | undefined) =>
  generateKeyBetween(before ?? null, after ?? null);

function newList({ id, name, color }: WriteOf<"createTaskList">["input"], tasks: TaskCache): ListRecord {
  const last = tasks.lists().at(-1)?.position;
  const counts = { open: 0, completed: 0, trashed: 0 };
  return { id, name, color: color ?? null, isDefault: false, position: between(last, undefined), version: 1, counts };
}

function showListEdit({ id, name, color, afterId }: WriteOf<"updateTaskList">["input"], tasks: TaskCache): void {
  const list = tasks.list(id);
  if (!list) return;
  const others = tasks.lists().filter((other) => other.id !== id);
  const at = afterId ? others.findIndex((other) => other.id === afterId) : -1;
  tasks.showList({
    ...list,
    ...(name && { name }),
    ...(color !== undefined && { color }),
    ...(afterId !== undefined && { position: between(others[at]?.position, others[at + 1]?.position) }),
  });
}

function showListDeletion(input: WriteOf<"deleteTaskList">["input"], tasks: TaskCache, now: string): void {
  const list = listOf(input.tasks === "MOVE" ? input.moveToListId : null, tasks);
  for (const place of tasks.places()) {
    const task = place.listId === input.id ? tasks.task(place.id) : null;
    if (!task) continue;
    const deletedAt = input.tasks === "TRASH" ? (task.deletedAt ?? now) : task.deletedAt;
    tasks.showTask(task.id, { ...task, list, deletedAt });
  }
  tasks.removeList(input.id);
}
