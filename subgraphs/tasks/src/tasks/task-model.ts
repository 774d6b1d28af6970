import { Schema } from "mongoose";
import { orderings } from "./orderings.ts";
import type { StoredTask } from "./task.ts";

export const taskSchema = new Schema<StoredTask>(
  {
    ownerId: { type: String, required: true },
    listId: { type: Schema.Types.ObjectId, required: true },
    state: { type: String, required: true },
    title: { type: String, required: true },
    notes: { type: String, default: null },
    priority: { type: Number, required: true },
    due: { type: String, required: true },
    tags: { type: [String], required: true },
    tagKeys: { type: [String], required: true },
    words: { type: [String], required: true, select: false },
    position: { type: String, required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    completedAt: { type: Date, default: null },
    deletedAt: { type: Date, default: null },
  },
  { versionKey: false },
);

// For each order three indexes: all tasks, those of a list, those with a tag. What a filter leaves over (priority, due
// date, list) stands at the end of the key, so that a page reads no document that it does not return.
for (const { field } of Object.values(orderings)) {
  const rest = Object.fromEntries(
    (["priority", "due"] as const).filter((name) => name !== field).map((name) => [name, 1 as const]),
  );
  taskSchema.index({ ownerId: 1, state: 1, [field]: 1, _id: 1, ...rest }, { name: `owner_${field}` });
  taskSchema.index({ ownerId: 1, listId: 1, state: 1, [field]: 1, _id: 1, ...rest }, { name: `list_${field}` });
  taskSchema.index(
    { ownerId: 1, tagKeys: 1, state: 1, [field]: 1, _id: 1, ...rest, listId: 1 },
    { name: `tag_${field}`, partialFilterExpression: { "tagKeys.0": { $exists: true } } },
  );
}
taskSchema.index({ ownerId: 1, words: 1, state: 1 }, { name: "words" });
