import type { MutationResolvers } from "../generated/schema.ts";

export const Mutation: MutationResolvers = {
  createTask: async (_, { input }, { author, tasks }) => ({ task: await tasks.create(author(), input) }),
  updateTask: async (_, { input }, { author, tasks }) => ({ task: await tasks.update(author(), input) }),
  moveTask: async (_, { input }, { author, tasks }) => ({ task: await tasks.move(author(), input) }),
  deleteTask: async (_, { input }, { author, tasks }) => ({ task: await tasks.trash(author(), input) }),
  restoreTask: async (_, { input }, { author, tasks }) => ({ task: await tasks.restore(author(), input) }),
  purgeTask: (_, { input }, { author, tasks }) => tasks.purge(author(), input),
  emptyTrash: (_, __, { author, tasks }) => tasks.emptyTrash(author()),
  updateTasks: async (_, { input }, { author, tasks }) => ({ results: await tasks.updateMany(author(), input) }),
  createTaskList: async (_, { input }, { author, lists }) => ({ taskList: await lists.create(author(), input) }),
  updateTaskList: async (_, { input }, { author, lists }) => ({ taskList: await lists.update(author(), input) }),
  deleteTaskList: (_, { input }, { author, lists }) => lists.delete(author(), input),
};
