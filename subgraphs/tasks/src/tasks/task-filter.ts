import { line, parseInput } from "@tareas/service-kit/validation";
import type { QueryFilter } from "mongoose";
import { z } from "zod";
import type { TaskFilter } from "../generated/schema.ts";
import { toObjectId } from "../ids.ts";
import { searchWords } from "./search-words.ts";
import { priorityRank, type StoredTask, type TaskState, tagKey } from "./task.ts";

/** A filter in terms of what is stored. `scope` names the family of indexes that serves it. */
export interface ResolvedFilter {
  readonly states: readonly TaskState[];
  readonly match: QueryFilter<StoredTask>;
  readonly scope: "owner" | "list" | "tag" | "words";
}

const bounds = z.object({
  filter: z.object({
    text: line({ max: 200 }).nullish(),
    tags: z
      .array(line({ min: 1, max: 50 }))
      .max(20)
      .nullish(),
  }),
});

const mostSearchWords = 10;

/** Throws `BadUserInput` for a filter that is too large. Null counts as not given. */
export function resolveFilter(filter: TaskFilter | null | undefined): ResolvedFilter {
  const { text, tags } = parseInput(bounds, { filter: filter ?? {} }).filter;
  const { listId, priority, dueFrom, dueTo, completed } = filter ?? {};
  const words = searchWords(text ?? null).slice(0, mostSearchWords);
  const match: QueryFilter<StoredTask> = {
    ...(listId && { listId: toObjectId(listId) ?? { $in: [] } }),
    ...(priority && { priority: { $in: priority.map(priorityRank) } }),
    ...((dueFrom || dueTo) && { due: { $gte: dueFrom ?? "0000-01-01", $lte: dueTo ?? "9999-12-31" } }),
    // The second condition says what the partial indexes on tags say, so that they can be used.
    ...(tags?.length && { tagKeys: { $all: tags.map(tagKey) }, "tagKeys.0": { $exists: true } }),
    ...(words.length > 0 && { words: { $all: words.map((word) => new RegExp(`^${word}`)) } }),
    ...(filter?.trashed && typeof completed === "boolean" && { completedAt: completed ? { $ne: null } : null }),
  };
  const scope = words.length > 0 ? "words" : tags?.length ? "tag" : listId ? "list" : "owner";
  return { states: statesOf(filter), match, scope };
}

function statesOf(filter: TaskFilter | null | undefined): TaskState[] {
  if (filter?.trashed) return ["trashed"];
  if (typeof filter?.completed === "boolean") return [filter.completed ? "completed" : "open"];
  return ["open", "completed"];
}
