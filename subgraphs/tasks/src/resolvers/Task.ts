import type { TaskResolvers } from "../generated/schema.ts";
import { ownerReference } from "../owner.ts";
import { noDueDate, priorityOf } from "../tasks/task.ts";

export const Task: TaskResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.task.load(id),
  id: ({ _id }) => _id.toHexString(),
  completed: ({ completedAt }) => completedAt !== null,
  priority: ({ priority }) => priorityOf(priority),
  dueDate: ({ due }) => (due === noDueDate ? null : due),
  list: async ({ listId }, _, { loaders }) => {
    const list = await loaders.list.load(listId.toHexString());
    if (!list) throw new Error(`task without its list ${listId}`);
    return list;
  },
  owner: ({ ownerId }) => ownerReference(ownerId),
};
