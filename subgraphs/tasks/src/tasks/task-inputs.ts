import { line, prose } from "@tareas/service-kit/validation";
import { z } from "zod";

const title = line({ min: 1, max: 500 });
const notes = prose({ max: 20_000 }).nullish();
const priority = z.enum(["NONE", "LOW", "MEDIUM", "HIGH", "URGENT"]).nullish();
const dueDate = z.string().nullish();
const tag = line({ min: 1, max: 50 });
const tags = z.array(tag).max(20).nullish();

const target = { id: z.string(), expectedVersion: z.int().nullish() };

export const createTaskInput = z.object({
  id: z.string().nullish(),
  title,
  listId: z.string().nullish(),
  notes,
  priority,
  dueDate,
  tags,
});

export const updateTaskInput = z.object({
  ...target,
  title: title.optional(),
  notes,
  completed: z.boolean().optional(),
  priority,
  dueDate,
  tags,
  listId: z.string().optional(),
});

export const moveTaskInput = z
  .object({
    ...target,
    listId: z.string().nullish(),
    afterId: z.string().nullish(),
    beforeId: z.string().nullish(),
  })
  .refine(({ afterId, beforeId }) => !(afterId && beforeId), { path: ["beforeId"], params: { code: "ONE_OF" } })
  .refine(({ id, afterId }) => id !== afterId, { path: ["afterId"], params: { code: "SELF" } })
  .refine(({ id, beforeId }) => id !== beforeId, { path: ["beforeId"], params: { code: "SELF" } });

export const updateTasksInput = z.object({
  ids: z.array(z.string()).min(1).max(100),
  completed: z.boolean().nullish(),
  listId: z.string().nullish(),
  addTags: tags,
  removeTags: tags,
  trashed: z.boolean().nullish(),
});

export type TaskTarget = { readonly id: string; readonly expectedVersion?: number | null | undefined };
