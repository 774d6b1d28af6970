import type { SessionResolvers } from "../generated/schema.ts";

export const Session: SessionResolvers = {
  id: ({ _id }) => _id,
  current: ({ _id }, _, { viewer }) => _id === viewer.sessionId,
};
