import { BadUserInput, NotFound } from "@tareas/service-kit/errors";
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

const markDigits = 10;
const timestampDigits = 8;

/**
 * The id that a client chose for a new thing, so that it can refer to it before the server knows it; undefined when it
 * chose none. It is an ObjectId in which the five bytes behind the timestamp, which tell the processes apart that make
 * ids, are the last five of the owner's own id: nobody can aim at an id that is another's, or find out whether it is taken,
 * but the few whose own id ends alike (some tens of pairs among 10 million).
 * Throws `BadUserInput` for any other.
 */
export function chosenId(id: string | null | undefined, ownerId: string): Types.ObjectId | undefined {
  if (id === null || id === undefined) return undefined;
  const objectId = toObjectId(id);
  const mark = id.slice(timestampDigits, timestampDigits + markDigits).toLowerCase();
  if (!objectId || !hex24.test(ownerId) || mark !== ownerId.slice(-markDigits).toLowerCase())
    throw new BadUserInput([{ path: "id", code: "INVALID" }]);
  return objectId;
}
