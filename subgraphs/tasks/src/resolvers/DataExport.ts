import { NotFound } from "@tareas/service-kit/errors";
import type { DataExportResolvers } from "../generated/schema.ts";

export const DataExport: DataExportResolvers = {
  __resolveReference: ({ id }, { viewer }) => {
    if (id !== viewer.require()) throw new NotFound("export of yours");
    return { __typename: "User", id };
  },
  lists: ({ id }, _, { lists }) => lists.export(id),
  tasks: ({ id }, { first, after }, { tasks }) => tasks.everything(id, { first, after }),
};
