import { Schema } from "mongoose";
import type { ListRecord } from "./list.ts";

/** `taskWrites` only counts: writing it lets a transaction that puts a task here meet one that deletes the list. */
export interface StoredList extends ListRecord {
  readonly taskWrites: number;
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
  },
  { versionKey: false },
);

taskListSchema.index({ ownerId: 1, position: 1 }, { name: "owner_position" });
taskListSchema.index(
  { ownerId: 1 },
  { name: "one_default", unique: true, partialFilterExpression: { isDefault: true } },
);
