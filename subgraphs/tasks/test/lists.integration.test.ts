import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { mongo, Types } from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { newTask } from "../src/tasks/task-changes.ts";
import { refusalOf, TaskClient, type TaskList } from "./support/task-client.ts";

let stack: Stack;
let ana: TaskClient;
let first: TaskList;

beforeAll(async () => {
  stack = await startStack({ services: ["users", "tasks"] });
});
afterAll(() => stack[Symbol.asyncDispose]());
beforeEach(async () => {
  ana = await TaskClient.register(stack.users.url, stack.tasks.url);
  [first] = (await ana.lists()) as [TaskList];
});

async function insertTasks(listId: string, taskCount: number): Promise<void> {
  const list = new Types.ObjectId(listId);
  const tasks = Array.from({ length: taskCount }, (_, i) =>
    newTask(ana.person.id, list, { title: `${i}` }, new Date()),
  );
  const client = await new mongo.MongoClient(stack.mongodb.uri).connect();
  await client.db(stack.databases.tasks).collection("tasks").insertMany(tasks);
  await client.close();
}

const names = async () => (await ana.lists()).map((list) => list.name);
const field = (path: string, code: string) => ({ code: "BAD_USER_INPUT", fields: [{ path, code }] });

test("a new account has a first list, and a task made without a list goes there", async () => {
  expect(first).toMatchObject({ name: "Tareas", isDefault: true, version: 1 });
  expect((await ana.create("a")).list.id).toBe(first.id);
});

test("a client may choose the id of a list, once and with its own mark", async () => {
  const id = `6922f0aa${ana.person.id.slice(-10)}000001`;
  expect(await ana.writeList("createTaskList", { name: "A", id })).toMatchObject({ id });
  expect(refusalOf(await ana.attemptList("createTaskList", { name: "B", id }))).toMatchObject(field("id", "TAKEN"));
  const strange = "0123456789abcdef01234567";
  expect(refusalOf(await ana.attemptList("createTaskList", { name: "B", id: strange }))).toMatchObject(
    field("id", "INVALID"),
  );
});

test("lists are made, renamed, coloured and put in order", async () => {
  const a = await ana.writeList("createTaskList", { name: "A", color: "#FF8800" });
  const b = await ana.writeList("createTaskList", { name: "B" });
  expect(a).toMatchObject({ name: "A", color: "#ff8800", isDefault: false, version: 1 });
  expect(await names()).toEqual(["Tareas", "A", "B"]);
  await ana.writeList("updateTaskList", { id: b.id, afterId: null });
  await ana.writeList("updateTaskList", { id: first.id, afterId: a.id, name: "Mis cosas" });
  expect(await names()).toEqual(["B", "A", "Mis cosas"]);
  expect(await ana.writeList("updateTaskList", { id: a.id, color: null })).toMatchObject({
    color: null,
    name: "A",
    version: 2,
  });
});

test("another version than expected is a CONFLICT", async () => {
  await ana.writeList("updateTaskList", { id: first.id, name: "B", expectedVersion: 1 });
  const late = await ana.attemptList("updateTaskList", { id: first.id, name: "C", expectedVersion: 1 });
  expect(refusalOf(late)).toEqual({ code: "CONFLICT", version: 2 });
});

test.for<[string, object, object]>([
  ["an empty name", { name: "" }, field("name", "TOO_SHORT")],
  ["a name of 101 characters", { name: "x".repeat(101) }, field("name", "TOO_LONG")],
  ["a colour that is none", { name: "x", color: "red" }, field("color", "INVALID")],
])("%s is refused", async ([, input, refusal]) => {
  expect(refusalOf(await ana.attemptList("createTaskList", input))).toEqual(refusal);
});

test("an account holds at most 200 lists, even when they are made at once", async () => {
  const answers = await Promise.all(
    Array.from({ length: 205 }, (_, i) => ana.attemptList("createTaskList", { name: `${i}` })),
  );
  expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(199);
  expect(await ana.lists()).toHaveLength(200);
});

test("the sidebar's counts tell open, completed and trashed tasks of each list", async () => {
  const list = await ana.writeList("createTaskList", { name: "A" });
  const [a, b] = [await ana.create("a", { listId: list.id }), await ana.create("b", { listId: list.id })];
  await ana.create("c", { listId: list.id });
  await ana.create("elsewhere");
  await ana.write("updateTask", { id: a.id, completed: true });
  await ana.write("deleteTask", { id: b.id });
  expect((await ana.lists()).map(({ counts }) => counts)).toEqual([
    { open: 1, completed: 0, trashed: 0 },
    { open: 1, completed: 1, trashed: 1 },
  ]);
});

describe("deleting a list", () => {
  let list: TaskList;
  beforeEach(async () => {
    list = await ana.writeList("createTaskList", { name: "A" });
    const [, done, gone] = [
      await ana.create("open", { listId: list.id }),
      await ana.create("done", { listId: list.id }),
      await ana.create("gone", { listId: list.id }),
    ];
    await ana.write("updateTask", { id: done.id, completed: true });
    await ana.write("deleteTask", { id: gone.id });
  });

  const counts = async () => Object.fromEntries((await ana.lists()).map((each) => [each.name, each.counts]));

  test("with TRASH puts its tasks into the trash, from where they come back into the first list", async () => {
    const { data } = await ana.deleteList({ id: list.id, tasks: "TRASH" });
    expect(data).toEqual({ deleteTaskList: { deletedId: list.id, affectedTasks: 2 } });
    expect(await counts()).toEqual({ Tareas: { open: 0, completed: 0, trashed: 3 } });
    for (const { id } of (await ana.page({ filter: { trashed: true } })).nodes) await ana.write("restoreTask", { id });
    expect(await counts()).toEqual({ Tareas: { open: 2, completed: 1, trashed: 0 } });
  });

  test("with MOVE puts them into the list that is named, trash and all", async () => {
    const target = await ana.writeList("createTaskList", { name: "B" });
    await ana.deleteList({ id: list.id, tasks: "MOVE", moveToListId: target.id });
    expect(await counts()).toEqual({
      Tareas: { open: 0, completed: 0, trashed: 0 },
      B: { open: 1, completed: 1, trashed: 1 },
    });
  });

  test.for<[string, (id: string) => object, object]>([
    ["of another version", (id) => ({ id, tasks: "TRASH", expectedVersion: 9 }), { code: "CONFLICT", version: 1 }],
    ["into itself", (id) => ({ id, tasks: "MOVE", moveToListId: id }), field("moveToListId", "SELF")],
    [
      "into one that does not exist",
      (id) => ({ id, tasks: "MOVE", moveToListId: "0123456789abcdef01234567" }),
      { code: "NOT_FOUND" },
    ],
  ])("%s is refused and changes nothing", async ([, input, refusal]) => {
    const before = await counts();
    expect(refusalOf(await ana.deleteList(input(list.id)))).toEqual(refusal);
    expect(await counts()).toEqual(before);
  });

  test("of thousands of tasks hides it at once, and is finished even when the process is killed meanwhile", async () => {
    const taskCount = 2_000;
    await insertTasks(list.id, taskCount);
    await ana.deleteList({ id: list.id, tasks: "TRASH" });
    expect(await names()).toEqual(["Tareas"]);
    await stack.tasks.kill();
    await stack.tasks.ready();
    const trashed = { open: 0, completed: 0, trashed: taskCount + 3 };
    await vi.waitFor(async () => expect(await counts()).toEqual({ Tareas: trashed }), {
      timeout: 20_000,
      interval: 100,
    });
  });

  test("the first list can't be deleted", async () => {
    expect(refusalOf(await ana.deleteList({ id: first.id, tasks: "TRASH" }))).toEqual(field("id", "DEFAULT_LIST"));
  });
});
