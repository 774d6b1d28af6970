import type { TaskListResolvers } from "../generated/schema.ts";
import { ownerReference } from "../owner.ts";

export const TaskList: TaskListResolvers = {
  // Representations are not typed: an id may come as any JSON value.
  __resolveReference: ({ id }, { loaders }) => loaders.list.load(String(id)),
  id: ({ _id }) => _id.toHexString(),
  owner: ({ ownerId }) => ownerReference(ownerId),
  tasks: ({ _id, ownerId }, args, { tasks }) =>
    tasks.page(ownerId, { ...args, filter: { ...args.filter, listId: _id.toHexString() } }),
  counts: ({ _id }, _, { loaders }) => loaders.counts.load(_id.toHexString()),
};
