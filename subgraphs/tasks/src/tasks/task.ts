import type { Types } from "mongoose";
import type { TaskPriority } from "../generated/schema.ts";
import type { Position } from "../positions.ts";

/** Where a task is: exactly one of these, kept beside `completedAt` and `deletedAt` so that an index can start with it. */
export type TaskState = "open" | "completed" | "trashed";

export const everyState: readonly TaskState[] = ["open", "completed", "trashed"];

/** A task as services hand it on. */
export interface TaskRecord {
  readonly _id: Types.ObjectId;
  readonly ownerId: string;
  readonly listId: Types.ObjectId;
  readonly state: TaskState;
  readonly title: string;
  readonly notes: string | null;
  /** 0 (none) to 4 (urgent), so that it sorts. */
  readonly priority: number;
  /** A day such as 2026-11-24, or `noDueDate`, which sorts behind every day. */
  readonly due: string;
  /** As they are shown. */
  readonly tags: readonly string[];
  /** As they are found: the same without regard to case. */
  readonly tagKeys: readonly string[];
  readonly position: Position;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly completedAt: Date | null;
  readonly deletedAt: Date | null;
}

/** A task as it is stored: with the words of title, notes and tags, by which it is searched. */
export interface StoredTask extends TaskRecord {
  readonly words: readonly string[];
}

export const noDueDate = "none";

const priorities: readonly TaskPriority[] = ["NONE", "LOW", "MEDIUM", "HIGH", "URGENT"];

export const priorityRank = (priority: TaskPriority): number => priorities.indexOf(priority);

export const priorityOf = (rank: number): TaskPriority => priorities[rank] ?? "NONE";

/** The trash hides whether a task is completed, and gives it back. */
export const stateOf = ({ deletedAt, completedAt }: Pick<TaskRecord, "deletedAt" | "completedAt">): TaskState =>
  deletedAt ? "trashed" : completedAt ? "completed" : "open";

export const tagKey = (tag: string): string => tag.normalize("NFKC").toLowerCase();

/** The tags without repetitions, which differ by case alone; the first spelling stays. */
export function distinctTags(tags: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) if (!byKey.has(tagKey(tag))) byKey.set(tagKey(tag), tag);
  return [...byKey.values()];
}
