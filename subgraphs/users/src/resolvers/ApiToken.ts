import type { ApiTokenResolvers } from "../generated/schema.ts";

export const ApiToken: ApiTokenResolvers = {
  id: ({ _id }) => _id,
};
