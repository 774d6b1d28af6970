import { NotFound } from "@tareas/service-kit/errors";
import { Types } from "mongoose";

const hex24 = /^[0-9a-f]{24}$/i;

/** The ObjectId that an ID stands for; undefined when it can't be one. */
export const toObjectId = (id: string): Types.ObjectId | undefined =>
  hex24.test(id) ? new Types.ObjectId(id) : undefined;

/** As `toObjectId`, but throws `NotFound`: what can't be an id is the id of nothing. */
export function requireObjectId(id: string, what: string): Types.ObjectId {
  const objectId = toObjectId(id);
  if (!objectId) throw new NotFound(what);
  return objectId;
}
