import { line } from "@tareas/service-kit/validation";
import { z } from "zod";

const name = line({ min: 1, max: 100 });
const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i)
  .transform((value) => value.toLowerCase())
  .nullish();

export const createTaskListInput = z.object({ id: z.string().nullish(), name, color });

export const updateTaskListInput = z.object({
  id: z.string(),
  expectedVersion: z.int().nullish(),
  name: name.optional(),
  color,
  afterId: z.string().nullish(),
});

export const deleteTaskListInput = z.object({
  id: z.string(),
  expectedVersion: z.int().nullish(),
  tasks: z.enum(["TRASH", "MOVE"]),
  moveToListId: z.string().nullish(),
});
