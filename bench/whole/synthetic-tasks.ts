import { Types } from "mongoose";
import type { StoredTask } from "../../subgraphs/tasks/src/tasks/task.ts";
import { newTask } from "../../subgraphs/tasks/src/tasks/task-changes.ts";
import { doings, people, pick, priorities, tags } from "../task-words.ts";

const notes =
  "Lo que falta por saber: precio, plazo y quién lo trae. Pedir dos presupuestos y contestar antes del viernes.";

const dayMs = 86_400_000;
const dueDays = 180;
const firstDueAtMs = Date.UTC(2026, 9, 1);
const zones = 500;
const rareWords = 80;
const tasksWithRareWords = 1_000;

const digits = (value: number) => String(value).padStart(3, "0");

/** Words by which tasks are searched, each for the n-th search: nobody searches the same all the time. */
export const searches = {
  /** One task in 35 has both, however many there are. */
  common: (n: number) =>
    `${pick(["llamar", "escribir", "informe", "factura", "comprar"], n)} ${pick(["lucia", "oscar", "taller"], n)}`,
  /** One task in 500. */
  uncommon: (n: number) => `zona${digits(n % zones)}`,
  /** Some twelve of the oldest tasks, however many there are. */
  rare: (n: number) => `raro${digits(n % rareWords)}`,
};

/** The n-th day from which tasks are asked for; there are always more than a page behind it. */
export const dueFrom = (n: number): string => dayOf(n % (dueDays / 3));

const dayOf = (day: number) => new Date(firstDueAtMs + day * dayMs).toISOString().slice(0, 10);

/** The task at an index, as the tasks subgraph would store it. A third is completed, half have a due date. */
export function syntheticTask(ownerId: string, listId: Types.ObjectId, index: number, createdAtMs: number): StoredTask {
  const createdAt = new Date(createdAtMs);
  const rare = index < tasksWithRareWords ? ` raro${digits(index % rareWords)}` : "";
  const input = {
    title: `${pick(doings, index)} ${pick(people, index)}, zona${digits((index * 7_919) % zones)}${rare}`,
    dueDate: index % 2 ? dayOf((index >> 1) % dueDays) : null,
    priority: pick(priorities, index),
    tags: index % 4 ? [] : [pick(tags, index >> 2)],
    notes: index % 3 ? null : notes,
  };
  const task = { _id: new Types.ObjectId(), ...newTask(ownerId, listId, input, createdAt) };
  return index % 3 === 1 ? { ...task, state: "completed", completedAt: createdAt } : task;
}
