import { Schema, type Types } from "mongoose";
import type { ListRecord } from "./list.ts";

/** A deletion that goes on: where the tasks go, whether into the trash, and since when. */
export interface ListDeletion {
  readonly target: Types.ObjectId;
  readonly trash: boolean;
  readonly since: Date;
}

export interface StoredList extends ListRecord {
  /** Only counts: writing it lets a transaction that puts a task here meet one that deletes the list. */
  readonly taskWrites: number;
  /** Only while the list is being deleted, which hides it. */
  readonly deletion?: ListDeletion;
}

export const taskListSchema = new Schema<StoredList>(
  {
    ownerId: { type: String, required: true },
    name: { type: String, required: true },
    color: { type: String, default: null },
    isDefault: { type: Boolean, required: true },
    position: { type: String, required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    taskWrites: { type: Number, default: 0 },
    deletion: {
      type: new Schema<ListDeletion>({ target: Schema.Types.ObjectId, trash: Boolean, since: Date }, { _id: false }),
    },
  },
  { versionKey: false },
);

taskListSchema.index({ ownerId: 1, position: 1 }, { name: "owner_position" });
taskListSchema.index(
  { ownerId: 1 },
  { name: "one_default", unique: true, partialFilterExpression: { isDefault: true } },
);
taskListSchema.index(
  { "deletion.since": 1 },
  { name: "deletions", partialFilterExpression: { "deletion.since": { $exists: true } } },
);
