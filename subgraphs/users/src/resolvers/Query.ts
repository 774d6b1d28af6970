import { NotFound } from "@tareas/service-kit/errors";
import type { QueryResolvers } from "../generated/schema.ts";

export const Query: QueryResolvers = {
  me: (_, __, { viewer, users }) => (viewer.id === null ? null : users.find(viewer.id)),
  user: async (_, { id }, { users }) => {
    const user = await users.find(id);
    if (!user) throw new NotFound("user");
    return user;
  },
  sessions: (_, __, { viewer, sessions }) => sessions.list(viewer.require()),
  apiTokens: (_, __, { viewer, apiTokens }) => apiTokens.list(viewer.require()),
  exportMyData: (_, __, { viewer }) => ({ id: viewer.require(), exportedAt: new Date() }),
  securityEvents: (_, page, { viewer, events }) => events.page(viewer.require(), page),
};
