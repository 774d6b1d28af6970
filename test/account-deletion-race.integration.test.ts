import { randomUUID } from "node:crypto";
import { readMongodSettings } from "@tareas/local-stack/config";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TaskClient } from "../subgraphs/tasks/test/support/task-client.ts";
import { HeldCommands } from "./support/fail-point.ts";
import { type FurnishedPerson, furnishedPerson } from "./support/furnished-person.ts";
import { Person } from "./support/person.ts";
import { tracesOf } from "./support/traces.ts";

// Two processes of the tasks subgraph that never hear of revocations: the token of the one who leaves stays good.
const unawareOfRevocations = { AUTH_FOLLOW_EVERY_MS: "3600000", USERS_OUTBOX_EVERY_MS: "20" };
const writersPerProcess = 4;
const rounds = 2;

let stack: Stack;
let second: Stack;

beforeAll(async () => {
  stack = await startStack({
    services: ["users", "tasks"],
    mongodb: { parameters: { enableTestCommands: "1" } },
    env: { tasks: unawareOfRevocations },
  });
  second = await startStack({
    services: ["tasks"],
    mongodb: { settings: { ...readMongodSettings(), uri: stack.mongodb.uri, provider: "uri" } },
    env: {
      tasks: {
        ...unawareOfRevocations,
        MONGODB_DATABASE: stack.databases.tasks,
        AUTH_JWKS_URL: `${stack.users.url}/.well-known/jwks.json`,
        USERS_OUTBOX_URL: `${stack.users.url}/internal/outbox`,
        SERVICE_KEY_FILE: stack.serviceKeyFile,
      },
    },
  });
});
afterAll(async () => {
  await second?.[Symbol.asyncDispose]();
  await stack?.[Symbol.asyncDispose]();
});

interface Known {
  readonly tasks: string[];
  readonly lists: string[];
}

const one = (ids: readonly string[]) => ids[Math.floor(Math.random() * ids.length)] ?? "";

/** Every kind of write, and the query that makes a first list. */
const writes: ((client: TaskClient, known: Known, key: string) => Promise<unknown>)[] = [
  async (client, { tasks }, key) => {
    const { data } = await client.attempt("createTask", { title: "late" }, key);
    if (data?.createTask) tasks.push(data.createTask.task.id);
  },
  (client, { lists }) => client.attempt("createTask", { title: "late", listId: one(lists) }),
  async (client, { lists }, key) => {
    const { data } = await client.attemptList("createTaskList", { name: "late" }, key);
    if (data?.createTaskList) lists.push(data.createTaskList.taskList.id);
  },
  (client, { lists }, key) => client.attemptList("updateTaskList", { id: one(lists), name: "later" }, key),
  (client, { lists }) => client.deleteList({ id: one(lists), tasks: "TRASH" }),
  (client, { tasks, lists }, key) => client.attempt("updateTask", { id: one(tasks), listId: one(lists) }, key),
  (client, { tasks }, key) => client.attempt("moveTask", { id: one(tasks) }, key),
  (client, { tasks }, key) => client.attempt("deleteTask", { id: one(tasks) }, key),
  (client, { tasks }, key) => client.attempt("restoreTask", { id: one(tasks) }, key),
  ({ person }, { tasks, lists }, idempotencyKey) =>
    person.ask(
      "mutation($input: UpdateTasksInput!) { updateTasks(input: $input) { results { id } } }",
      { input: { ids: [one(tasks), one(tasks)], addTags: ["late"], listId: one(lists) } },
      { idempotencyKey },
    ),
  ({ person }, { tasks }, idempotencyKey) =>
    person.ask(
      "mutation($input: PurgeTaskInput!) { purgeTask(input: $input) { purgedId } }",
      { input: { id: one(tasks) } },
      { idempotencyKey },
    ),
  ({ person }, _, idempotencyKey) => person.ask("mutation { emptyTrash { purgedCount } }", {}, { idempotencyKey }),
  ({ person }) => person.ask("{ taskLists { id } }"),
];

/** Writes at random until `isOver`, and then once more in every way. */
async function write(client: TaskClient, known: Known, isOver: () => boolean): Promise<void> {
  while (!isOver()) await writes[Math.floor(Math.random() * writes.length)]?.(client, known, randomUUID());
  for (const attempt of writes) await attempt(client, known, randomUUID());
}

const isSettled = async ({ words }: Pick<FurnishedPerson, "words">) =>
  !("users.outbox" in (await tracesOf(stack, words)));
const settled = (leaving: Pick<FurnishedPerson, "words">) =>
  waitUntil(() => isSettled(leaving), { timeoutMs: 20_000, what: "the deletion to be settled" });

const remove = (person: Person) =>
  person.at(stack.users.url).get('mutation { deleteAccount(input: { password: "correct horse" }) { deletedId } }');

test("writes of every kind that go on during the deletion, by a token that is still good, leave nothing behind", async () => {
  for (let round = 0; round < rounds; round++) {
    const leaving = await furnishedPerson(stack, { more: 600 });
    const known = { tasks: [], lists: (await leaving.tasks.lists()).map(({ id }) => id) };
    let isOver = false;
    const writers = [stack, second].flatMap(({ tasks }) =>
      Array.from({ length: writersPerProcess }, () => write(leaving.tasks.at(tasks.url), known, () => isOver)),
    );
    await waitUntil(() => known.tasks.length > 3, { timeoutMs: 10_000, what: "the writers to write" });
    await remove(leaving.person);
    await settled(leaving);
    isOver = true;
    await Promise.all(writers);
    const left = await tracesOf(stack, leaving.words);
    expect(Object.keys(left).sort()).toEqual(["tasks.owners", "users.revocations"]);
    const { errors } = await leaving.tasks.attempt("createTask", { title: "too late" });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  }
}, 180_000);

test.each<[string, (client: TaskClient) => Promise<unknown>]>([
  ["a task", (client) => client.create("late")],
  ["a list", (client) => client.attemptList("createTaskList", { name: "late" })],
  [
    "a result under an Idempotency-Key, of a write that changes nothing",
    async (client) => {
      const { nodes } = await client.page({ filter: { trashed: true } });
      await client.attempt("deleteTask", { id: nodes[0]?.id }, "late");
    },
  ],
])("%s whose transaction commits only after the account is deleted is deleted too", async (_, attempt) => {
  const leaving = await furnishedPerson(stack);
  await commitsLate(leaving.person, () => attempt(leaving.tasks));
  expect(Object.keys(await tracesOf(stack, leaving.words)).sort()).toEqual(["tasks.owners", "users.revocations"]);
});

test("and so is a first list that is made as late", async () => {
  const person = await Person.register(stack.users.url);
  await commitsLate(person, () => person.at(stack.tasks.url).ask("{ taskLists { id } }"));
  expect(Object.keys(await tracesOf(stack, [person.id])).sort()).toEqual(["tasks.owners", "users.revocations"]);
});

/** Deletes the account while the write waits to commit; resolves when all of it is done. */
async function commitsLate(person: Person, write: () => Promise<unknown>): Promise<void> {
  await using held = await HeldCommands.arm(stack.mongodb.uri, "tasks", ["commitTransaction"], { forMs: 1_000 });
  const written = write();
  await waitUntil(() => held.isHit(), { timeoutMs: 10_000, what: "the write to wait" });
  await remove(person);
  await settled({ words: [person.id] });
  await written;
}
