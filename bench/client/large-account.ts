import { randomUUID } from "node:crypto";
import type { Stack } from "@tareas/local-stack/start-stack";
import { mongo, Types } from "mongoose";
import { newTask } from "../../subgraphs/tasks/src/tasks/task-changes.ts";
import { Person } from "../../test/support/person.ts";
import { doings, people, pick, priorities, tags } from "../task-words.ts";

/** Somebody with a very long list, and a few others. */
export interface LargeAccount {
  readonly username: string;
  readonly password: string;
  readonly longListId: string;
  readonly longListName: string;
}

export const longListLength = 10_000;
const otherListLength = 500;
const password = "una frase larga";
const longListName = "Todo lo del año";
const dayMs = 86_400_000;

const places = ["en casa", "antes de comer", "por teléfono", "en la oficina de la calle Mayor", ""];
const notes = `Lo que falta por saber: **precio**, plazo y quién lo trae.

- pedir dos presupuestos
- comparar con el del año pasado
- contestar antes del viernes`;

/** Makes the account, and writes its tasks as the tasks subgraph would, without asking it 12,000 times. */
export async function makeLargeAccount(stack: Stack): Promise<LargeAccount> {
  const username = `p${randomUUID().slice(0, 12)}`;
  const person = await Person.register(stack.router.url, username, password);
  const makeList = async (name: string) => {
    const mutation = "mutation($input: CreateTaskListInput!) { createTaskList(input: $input) { taskList { id } } }";
    const made = await person.get<{ createTaskList: { taskList: { id: string } } }>(mutation, { input: { name } });
    return made.createTaskList.taskList.id;
  };
  const longListId = await makeList(longListName);
  const others: string[] = [];
  for (const name of ["Casa", "Trabajo", "Lecturas", "Viaje"]) others.push(await makeList(name));
  const lengths = new Map([[longListId, longListLength], ...others.map((id) => [id, otherListLength] as const)]);

  const client = await new mongo.MongoClient(stack.mongodb.uri).connect();
  try {
    const collection = client.db(stack.databases.tasks).collection("tasks");
    for (const [listId, length] of lengths) await collection.insertMany(tasksOf(person.id, listId, length));
  } finally {
    await client.close();
  }
  return { username, password, longListId, longListName };
}

/** A mix as people have it: half of the tasks due within months of today, a third with notes, most without priority. */
function tasksOf(ownerId: string, listId: string, length: number) {
  const now = Date.now();
  const list = new Types.ObjectId(listId);
  return Array.from({ length }, (_, i) => {
    const title = `${pick(doings, i)} ${pick(people, i)} ${pick(places, i >> 2)} ${i + 1}`.replaceAll("  ", " ");
    const dueDate = i % 2 ? new Date(now + ((i % 181) - 60) * dayMs).toISOString().slice(0, 10) : null;
    const input = {
      title,
      dueDate,
      priority: pick(priorities, i),
      tags: i % 4 ? [] : [pick(tags, i >> 2), ...(i % 16 ? [] : [pick(tags, (i >> 2) + 1)])],
      notes: i % 3 ? null : notes,
    };
    return newTask(ownerId, list, input, new Date(now - (length - i) * 600_000));
  });
}
