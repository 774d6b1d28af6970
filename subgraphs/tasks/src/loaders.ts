import type { Viewer } from "@tareas/service-kit/auth/viewer";
import DataLoader from "dataloader";
import type { ListRecord } from "./lists/list.ts";
import type { ListCounts, ListService } from "./lists/list-service.ts";
import type { TaskRecord } from "./tasks/task.ts";
import type { TaskService } from "./tasks/task-service.ts";

export type Loaders = ReturnType<typeof createLoaders>;

const maxBatchSize = 1_000;

/** Loads by id what belongs to the viewer, in one query a batch; null for what does not exist or is another's. */
export function createLoaders(viewer: Viewer, { tasks, lists }: { tasks: TaskService; lists: ListService }) {
  return {
    task: new DataLoader<string, TaskRecord | null>(
      async (ids) => inOrder(ids, await tasks.findMany(viewer.require(), ids)),
      { maxBatchSize },
    ),
    list: new DataLoader<string, ListRecord | null>(
      async (ids) => inOrder(ids, await lists.findMany(viewer.require(), ids)),
      { maxBatchSize },
    ),
    counts: new DataLoader<string, ListCounts>((ids) => lists.counts(viewer.require(), ids), { maxBatchSize }),
  };
}

function inOrder<T extends { _id: { toHexString(): string } }>(ids: readonly string[], found: readonly T[]) {
  const byId = new Map(found.map((record) => [record._id.toHexString(), record]));
  return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
}
