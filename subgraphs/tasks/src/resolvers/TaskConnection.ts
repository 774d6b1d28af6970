import type { PageInfoResolvers, TaskConnectionResolvers } from "../generated/schema.ts";

export const TaskConnection: TaskConnectionResolvers = {
  pageInfo: (page) => page,
  totalCount: (page) => page.totalCount(),
};

export const PageInfo: PageInfoResolvers = {
  hasNextPage: (page) => page.hasNextPage(),
  hasPreviousPage: (page) => page.hasPreviousPage(),
};
