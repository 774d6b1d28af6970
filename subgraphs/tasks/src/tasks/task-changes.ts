import { BadUserInput } from "@tareas/service-kit/errors";
import type { z } from "zod";
import { endPosition } from "../positions.ts";
import { searchWords } from "./search-words.ts";
import { distinctTags, noDueDate, priorityRank, type StoredTask, stateOf, type TaskRecord, tagKey } from "./task.ts";
import type { createTaskInput, updateTaskInput } from "./task-inputs.ts";

type Changed<T> = { -readonly [Key in keyof T]?: T[Key] };
/** Some fields of a task with new values. */
export type TaskChanges = Changed<Omit<StoredTask, "_id" | "ownerId" | "version" | "createdAt" | "updatedAt">>;

export const mostTags = 20;

/** The fields of a new task, in the list that was found for it. */
export function newTask(
  ownerId: string,
  listId: TaskRecord["listId"],
  input: z.output<typeof createTaskInput>,
  now: Date,
): Omit<StoredTask, "_id"> {
  const tags = distinctTags(input.tags ?? []);
  const notes = input.notes || null;
  return {
    ownerId,
    listId,
    state: "open",
    title: input.title,
    notes,
    priority: priorityRank(input.priority ?? "NONE"),
    due: input.dueDate ?? noDueDate,
    tags,
    tagKeys: tags.map(tagKey),
    words: wordsOf({ title: input.title, notes, tags }),
    position: endPosition(now.getTime()),
    version: 1,
    createdAt: now,
    updatedAt: now,
    completedAt: null,
    deletedAt: null,
  };
}

/** What an update asks for in terms of what is stored: absent leaves as it is, null clears. */
export function changesOf(
  input: Omit<z.output<typeof updateTaskInput>, "listId">,
  task: TaskRecord,
  now: Date,
): TaskChanges {
  return {
    ...(input.title !== undefined && { title: input.title }),
    ...(input.notes !== undefined && { notes: input.notes || null }),
    ...(input.priority !== undefined && { priority: priorityRank(input.priority ?? "NONE") }),
    ...(input.dueDate !== undefined && { due: input.dueDate ?? noDueDate }),
    ...(input.tags !== undefined && tagged(input.tags ?? [])),
    ...(input.completed !== undefined && completion(input.completed, task, now)),
  };
}

export function completion(completed: boolean, task: TaskRecord, now: Date): TaskChanges {
  return { completedAt: completed ? (task.completedAt ?? now) : null };
}

export function trashing(trashed: boolean, task: TaskRecord, now: Date): TaskChanges {
  return { deletedAt: trashed ? (task.deletedAt ?? now) : null };
}

/** Throws `BadUserInput` when there would be more than 20 tags. */
export function retagging(add: readonly string[], remove: readonly string[], task: TaskRecord): TaskChanges {
  const removed = new Set(remove.map(tagKey));
  const tags = [...task.tags, ...add].filter((tag) => !removed.has(tagKey(tag)));
  return tagged(tags);
}

function tagged(wanted: readonly string[]): TaskChanges {
  const tags = distinctTags(wanted);
  if (tags.length > mostTags) throw new BadUserInput([{ path: "tags", code: "TOO_MANY" }]);
  return { tags, tagKeys: tags.map(tagKey) };
}

/**
 * The fields to write, with those that follow from them; null when nothing would be another than it is, so that a
 * repetition does not raise the version.
 */
export function effectOf(changes: TaskChanges, task: TaskRecord): TaskChanges | null {
  const next: TaskRecord = { ...task, ...changes };
  const differs = Object.entries({ ...changes, state: stateOf(next) }).filter(
    ([key, value]) => !same(value, task[key as keyof TaskRecord]),
  );
  if (differs.length === 0) return null;
  const searched = differs.some(([key]) => key === "title" || key === "notes" || key === "tags");
  return { ...Object.fromEntries(differs), ...(searched && { words: wordsOf(next) }) };
}

const wordsOf = ({ title, notes, tags }: Pick<TaskRecord, "title" | "notes" | "tags">) =>
  searchWords(title, notes, ...tags);

// Ids, dates and lists of texts all have a JSON form that is equal when they are.
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
