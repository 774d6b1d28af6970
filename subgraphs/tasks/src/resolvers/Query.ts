import { NotFound } from "@tareas/service-kit/errors";
import type { QueryResolvers } from "../generated/schema.ts";

export const Query: QueryResolvers = {
  task: async (_, { id }, { loaders }) => required(await loaders.task.load(id), "task"),
  tasks: (_, args, { viewer, tasks }) => tasks.page(viewer.require(), args),
  taskLists: (_, __, { viewer, lists }) => lists.all(viewer.require()),
  taskList: async (_, { id }, { loaders }) => required(await loaders.list.load(id), "list"),
};

function required<T>(found: T | null, what: string): T {
  if (found === null) throw new NotFound(what);
  return found;
}
