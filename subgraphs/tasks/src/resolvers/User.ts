import { NotFound } from "@tareas/service-kit/errors";
import type { UserResolvers } from "../generated/schema.ts";

export const User: UserResolvers = {
  __resolveReference: ({ id }) => ({ __typename: "User", id }),
  tasks: ({ id }, args, { viewer, tasks }) => {
    if (id !== viewer.require()) throw new NotFound("user with tasks of yours");
    return tasks.page(id, args);
  },
};
