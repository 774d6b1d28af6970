import type { TaskResolvers } from "../generated/schema.ts";
import { ownerReference } from "../owner.ts";
import { noDueDate, priorityOf } from "../tasks/task.ts";

export const Task: TaskResolvers = {
  // Representations are not typed: an id may come as any JSON value.
  __resolveReference: ({ id }, { loaders }) => loaders.task.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  completed: ({ completedAt }) => completedAt !== null,
  priority: ({ priority }) => priorityOf(priority),
  dueDate: ({ due }) => (due === noDueDate ? null : due),
  list: async ({ _id, ownerId, listId }, _, { loaders, lists }) =>
    (await loaders.list.load(listId.toHexString())) ?? lists.listOfTask(ownerId, _id),
  owner: ({ ownerId }) => ownerReference(ownerId),
};
