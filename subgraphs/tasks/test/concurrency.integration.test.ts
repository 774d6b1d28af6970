import { readMongodSettings } from "@tareas/local-stack/config";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { refusalOf, TaskClient } from "./support/task-client.ts";

// Two processes on one database, as in production: what holds here does not lean on the memory of one of them.
let stack: Stack;
let second: Stack;
let ana: TaskClient;

beforeAll(async () => {
  stack = await startStack({ services: ["users", "tasks"] });
  second = await startStack({
    services: ["tasks"],
    mongodb: { settings: { ...readMongodSettings(), uri: stack.mongodb.uri, provider: "uri" } },
    env: {
      tasks: {
        MONGODB_DATABASE: stack.databases.tasks,
        AUTH_JWKS_URL: `${stack.users.url}/.well-known/jwks.json`,
      },
    },
  });
});
afterAll(async () => {
  await second[Symbol.asyncDispose]();
  await stack[Symbol.asyncDispose]();
});
beforeEach(async () => {
  ana = await TaskClient.register(stack.users.url, stack.tasks.url);
});

/** Sends the same thing 50 times at once, by turns to both processes. */
function fiftyTimes<T>(send: (client: TaskClient, i: number) => Promise<T>): Promise<T[]> {
  const clients = [ana, ana.at(second.tasks.url)] as const;
  return Promise.all(Array.from({ length: 50 }, (_, i) => send(i % 2 ? clients[1] : clients[0], i)));
}

const distinct = (values: readonly unknown[]) => new Set(values.map((value) => JSON.stringify(value))).size;

describe("an Idempotency-Key", () => {
  test("makes 50 simultaneous creations one task with 50 equal answers", async () => {
    const answers = await fiftyTimes((client) => client.attempt("createTask", { title: "once" }, "key-1"));
    expect(answers[0]?.errors).toEqual([]);
    expect(distinct(answers)).toBe(1);
    expect((await ana.page()).totalCount).toBe(1);
  });

  test("replays the first answer, even when the task has changed since", async () => {
    const first = await ana.write("createTask", { title: "a" }, "key-1");
    await ana.write("updateTask", { id: first.id, title: "b" });
    expect(await ana.write("createTask", { title: "a" }, "key-1")).toEqual(first);
    expect((await ana.find(first.id)).title).toBe("b");
  });

  test("replays a task whose list is gone as one of the list that took it in", async () => {
    const list = await ana.writeList("createTaskList", { name: "Vieja" });
    const first = await ana.write("createTask", { title: "a", listId: list.id }, "key-1");
    await ana.deleteList({ id: list.id, tasks: "MOVE" });
    const again = await ana.write("createTask", { title: "a", listId: list.id }, "key-1");
    expect(again).toEqual({ ...first, list: (await ana.find(first.id)).list });
  });

  test("does not mind the order of the input's fields, or white space that is trimmed", async () => {
    const first = await ana.write("createTask", { title: "a", notes: "n" }, "key-1");
    expect(await ana.write("createTask", { notes: "n", title: " a " }, "key-1")).toEqual(first);
  });

  test("with another input or another mutation is IDEMPOTENCY_KEY_REUSED", async () => {
    const { id } = await ana.write("createTask", { title: "a" }, "key-1");
    for (const again of [
      ana.attempt("createTask", { title: "b" }, "key-1"),
      ana.attempt("deleteTask", { id }, "key-1"),
      ana.attemptList("createTaskList", { name: "a" }, "key-1"),
    ])
      expect(refusalOf(await again)).toEqual({ code: "IDEMPOTENCY_KEY_REUSED" });
  });

  test("belongs to one person: another may use the same", async () => {
    const berta = await TaskClient.register(stack.users.url, stack.tasks.url);
    const [a, b] = [
      await ana.write("createTask", { title: "a" }, "key-1"),
      await berta.write("createTask", { title: "b" }, "key-1"),
    ];
    expect([a.title, b.title]).toEqual(["a", "b"]);
  });

  test("is free again after a refusal", async () => {
    expect(refusalOf(await ana.attempt("createTask", { title: "" }, "key-1"))).toMatchObject({
      code: "BAD_USER_INPUT",
    });
    const { id } = await ana.create("x");
    expect(refusalOf(await ana.attempt("updateTask", { id, title: "y", expectedVersion: 9 }, "key-1"))).toMatchObject({
      code: "CONFLICT",
    });
    expect((await ana.write("createTask", { title: "now" }, "key-1")).title).toBe("now");
  });

  test("covers each mutation of a request in its place", async () => {
    const two = `mutation {
      a: createTask(input: { title: "a" }) { task { id } }
      b: createTask(input: { title: "b" }) { task { id } }
    }`;
    const first = await ana.person.ask(two, {}, { idempotencyKey: "key-1" });
    expect(first.errors).toEqual([]);
    expect(await ana.person.ask(two, {}, { idempotencyKey: "key-1" })).toEqual(first);
    expect((await ana.page()).totalCount).toBe(2);
  });

  test.for<[string, string]>([
    ["empty", ""],
    ["256 characters long", "k".repeat(256)],
    ["with a space", "a b"],
  ])("%s is refused", async ([, key]) => {
    const answer = await ana.person.ask("{ taskLists { id } }", {}, { headers: { "idempotency-key": key } });
    expect(answer.status).toBe(400);
    expect(refusalOf(answer)).toEqual({
      code: "BAD_USER_INPUT",
      fields: [{ path: "Idempotency-Key", code: "INVALID" }],
    });
  });
});

test("of 50 simultaneous updates with one expectedVersion one succeeds, and 49 are CONFLICT", async () => {
  const { id } = await ana.create("a");
  const answers = await fiftyTimes((client, i) =>
    client.attempt("updateTask", { id, title: `b${i}`, expectedVersion: 1 }),
  );
  const refused = answers.filter(({ errors }) => errors.length > 0);
  expect(refused).toHaveLength(49);
  for (const answer of refused) expect(refusalOf(answer)).toEqual({ code: "CONFLICT", version: 2 });
  const winner = answers.find(({ errors }) => errors.length === 0);
  expect(await ana.find(id)).toEqual(winner?.data?.updateTask?.task);
});

test("50 simultaneous updates without expectedVersion all count", async () => {
  const { id } = await ana.create("a");
  await fiftyTimes((client, i) => client.write("updateTask", { id, title: `b${i}` }));
  expect((await ana.find(id)).version).toBe(51);
});

test("50 simultaneous first questions make one first list", async () => {
  const answers = await fiftyTimes((client) => client.lists());
  expect(distinct(answers)).toBe(1);
  expect(answers[0]).toMatchObject([{ name: "Tareas", isDefault: true }]);
});

test("a list that is deleted while tasks are put into it leaves none behind in it", async () => {
  let created = 0;
  for (let round = 0; round < 30; round++) {
    const list = await ana.writeList("createTaskList", { name: "Vieja" });
    const creations = Promise.all(
      Array.from({ length: 4 }, (_, i) => ana.attempt("createTask", { title: `t${i}`, listId: list.id })),
    );
    const deletion = await ana.at(second.tasks.url).deleteList({ id: list.id, tasks: "MOVE" });
    expect(deletion.errors).toEqual([]);
    created += (await creations).filter(({ errors }) => errors.length === 0).length;
  }
  expect((await ana.page()).totalCount).toBe(created);
  const lists = await ana.lists(); // a task that was left behind would count in no list
  expect(lists.map(({ name, counts }) => [name, counts.open])).toEqual([["Tareas", created]]);
});
