import type { DataExportResolvers } from "../generated/schema.ts";

/** Always the viewer's own, whatever id a representation names. */
export const DataExport: DataExportResolvers = {
  __resolveReference: (_, { viewer }) => ({ id: viewer.require(), exportedAt: new Date() }),
  account: (_, __, { viewer, client, exports }) => exports.of(viewer.require(), client),
};
