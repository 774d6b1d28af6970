import type { UserResolvers } from "../generated/schema.ts";

export const User: UserResolvers = {
  __resolveReference: ({ id }, { users }) => users.find(id),
};
