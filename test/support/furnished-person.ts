import type { Stack } from "@tareas/local-stack/start-stack";
import { MongoClient } from "mongodb";
import { Types } from "mongoose";
import { newTask } from "../../subgraphs/tasks/src/tasks/task-changes.ts";
import { TaskClient } from "../../subgraphs/tasks/test/support/task-client.ts";
import { newApiToken } from "./api-token.ts";
import { Person } from "./person.ts";

export interface FurnishedPerson {
  readonly person: Person;
  /** The person at the tasks subgraph. */
  readonly tasks: TaskClient;
  /** What any record of theirs mentions. */
  readonly words: readonly string[];
}

/**
 * Somebody with two sessions, three lists, tasks in each and in the trash, results under Idempotency-Keys, an API token,
 * and as many tasks more as are asked for.
 */
export async function furnishedPerson(stack: Stack, { username = "", more = 0 } = {}): Promise<FurnishedPerson> {
  const person = await Person.register(stack.users.url, ...(username ? [username] : []));
  await Person.signIn(stack.users.url, person.username);
  const tasks = new TaskClient(person.at(stack.tasks.url));
  const mark = `of-${person.id}`;
  await tasks.create(mark);
  for (const name of ["A", "B"]) {
    const { id: listId } = await tasks.writeList("createTaskList", { name: `${name} ${mark}` });
    await tasks.write("createTask", { title: mark, listId }, `key-${name}`);
    await tasks.write("deleteTask", { id: (await tasks.create(mark, { listId })).id }, `trash-${name}`);
    if (name === "B") await addTasks(stack, person.id, listId, more);
  }
  await newApiToken(person, ["tasks:read"], { name: mark });
  const { sessions } = await person.get<{ sessions: { id: string }[] }>("{ sessions { id } }");
  return { person, tasks, words: [person.id, person.username, ...sessions.map(({ id }) => id)] };
}

/** Puts tasks into a list, past the door, because it is faster. */
export async function addTasks(
  { mongodb, databases }: Stack,
  ownerId: string,
  listId: string,
  count: number,
  notes: string | null = null,
): Promise<void> {
  if (count === 0) return;
  const client = await new MongoClient(mongodb.uri).connect();
  const task = (i: number) => newTask(ownerId, new Types.ObjectId(listId), { title: `tarea ${i}`, notes }, new Date());
  try {
    for (let from = 0; from < count; from += 10_000) {
      const batch = Array.from({ length: Math.min(10_000, count - from) }, (_, k) => task(from + k));
      await client.db(databases.tasks).collection("tasks").insertMany(batch);
    }
  } finally {
    await client.close();
  }
}
