import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { send } from "../../../test/support/person.ts";
import { refusalOf, TaskClient } from "./support/task-client.ts";

let stack: Stack;
let ana: TaskClient;

beforeAll(async () => {
  stack = await startStack({ services: ["users", "tasks"] });
});
afterAll(() => stack[Symbol.asyncDispose]());
beforeEach(async () => {
  ana = await TaskClient.register(stack.users.url, stack.tasks.url);
});

const unknownId = "0123456789abcdef01234567";
const field = (path: string, code: string) => ({ code: "BAD_USER_INPUT", fields: [{ path, code }] });

describe("creating", () => {
  test("a title alone makes an open task in the first list", async () => {
    const task = await ana.create("Comprar pan");
    expect(task).toMatchObject({
      title: "Comprar pan",
      notes: null,
      completed: false,
      completedAt: null,
      priority: "NONE",
      dueDate: null,
      tags: [],
      list: { name: "Tareas" },
      owner: { id: ana.person.id },
      version: 1,
      deletedAt: null,
    });
    expect(Date.parse(task.createdAt)).toBeLessThanOrEqual(Date.now());
    expect(await ana.find(task.id)).toEqual(task);
  });

  test("everything given comes back, normalised", async () => {
    const task = await ana.create("  Lavar la ropa\u0301 ", {
      notes: "**hoy**\n- blanco",
      priority: "URGENT",
      dueDate: "2028-02-29",
      tags: ["Casa", "casa", "Ropa"],
    });
    expect(task).toMatchObject({
      title: "Lavar la ropá",
      notes: "**hoy**\n- blanco",
      priority: "URGENT",
      dueDate: "2028-02-29",
      tags: ["Casa", "Ropa"],
    });
  });

  test("a client may choose the id, once and with its own mark", async () => {
    const id = `6922f0aa${ana.person.id.slice(-10)}000001`;
    expect(await ana.create("Comprar pan", { id })).toMatchObject({ id, title: "Comprar pan" });
    expect(refusalOf(await ana.attempt("createTask", { title: "b", id: id.toUpperCase() }))).toMatchObject(
      field("id", "TAKEN"),
    );
    const bea = await TaskClient.register(stack.users.url, stack.tasks.url);
    for (const other of [id, id.replace("6922f0aa", "6922f0ab"), "000000000000000000000000", "x", ""])
      expect(refusalOf(await bea.attempt("createTask", { title: "b", id: other }))).toMatchObject(
        field("id", "INVALID"),
      );
    expect((await ana.find(id)).title).toBe("Comprar pan");
  });

  test("of many that choose the same id at once, one makes a task", async () => {
    const id = `6922f0aa${ana.person.id.slice(-10)}000002`;
    const all = Array.from({ length: 8 }, (_, i) => ana.attempt("createTask", { title: `${i}`, id }));
    const answers = await Promise.all(all);
    const refused = answers.filter(({ errors }) => errors.length > 0);
    expect(refused.map(refusalOf)).toEqual(Array(7).fill(expect.objectContaining(field("id", "TAKEN"))));
    expect((await ana.page()).nodes.map((task) => task.id)).toEqual([id]);
  });

  test.for<[string, object, object]>([
    ["an empty title", { title: "" }, field("title", "TOO_SHORT")],
    ["a title of spaces", { title: "  " }, field("title", "TOO_SHORT")],
    ["a title of 501 characters", { title: "x".repeat(501) }, field("title", "TOO_LONG")],
    ["a control character", { title: "a\u0000b" }, field("title", "CONTROL_CHARACTER")],
    ["notes of 20,001 characters", { title: "x", notes: "y".repeat(20_001) }, field("notes", "TOO_LONG")],
    ["21 tags", { title: "x", tags: Array.from({ length: 21 }, (_, i) => `t${i}`) }, field("tags", "TOO_MANY")],
    ["an empty tag", { title: "x", tags: ["a", ""] }, field("tags.1", "TOO_SHORT")],
    ["a list that does not exist", { title: "x", listId: unknownId }, { code: "NOT_FOUND" }],
    ["a list id that is none", { title: "x", listId: "; drop" }, { code: "NOT_FOUND" }],
  ])("%s is refused with its code", async ([, input, refusal]) => {
    expect(refusalOf(await ana.attempt("createTask", input))).toEqual(refusal);
  });

  test.for(["2026-02-29", "2026-13-01", "24/11/2026", "2026-11-24T10:00:00Z", ""])("%j is no date", async (dueDate) => {
    expect(refusalOf(await ana.attempt("createTask", { title: "x", dueDate }))).toEqual({ code: "BAD_USER_INPUT" });
  });

  test("a title of 500 emoji is not too long", async () => {
    expect((await ana.create("🙂".repeat(500))).title).toBe("🙂".repeat(500));
  });
});

describe("updating", () => {
  test("what is absent stays, what is null is cleared", async () => {
    const before = await ana.create("a", { notes: "n", priority: "HIGH", dueDate: "2026-12-01", tags: ["t"] });
    const after = await ana.write("updateTask", { id: before.id, title: "b" });
    expect(after).toEqual({ ...before, title: "b", version: 2, updatedAt: after.updatedAt });
    const cleared = await ana.write("updateTask", {
      id: before.id,
      notes: null,
      priority: null,
      dueDate: null,
      tags: null,
    });
    expect(cleared).toMatchObject({ title: "b", notes: null, priority: "NONE", dueDate: null, tags: [], version: 3 });
  });

  test("completes and reopens", async () => {
    const { id } = await ana.create("a");
    const done = await ana.write("updateTask", { id, completed: true });
    expect(done).toMatchObject({ completed: true, completedAt: expect.any(String), version: 2 });
    expect(await ana.write("updateTask", { id, completed: false })).toMatchObject({ completedAt: null, version: 3 });
  });

  test("a change that changes nothing does not raise the version", async () => {
    const task = await ana.create("a", { tags: ["t"], dueDate: "2026-12-01" });
    const { id } = task;
    expect(
      await ana.write("updateTask", { id, title: "a", tags: ["t"], dueDate: "2026-12-01", completed: false }),
    ).toEqual(task);
  });

  test("another version than expected is a CONFLICT that tells the current one", async () => {
    const { id } = await ana.create("a");
    await ana.write("updateTask", { id, title: "b", expectedVersion: 1 });
    const late = await ana.attempt("updateTask", { id, title: "c", expectedVersion: 1 });
    expect(refusalOf(late)).toEqual({ code: "CONFLICT", version: 2 });
    expect((await ana.find(id)).title).toBe("b");
  });

  test("moves to another list and to its end", async () => {
    const list = await ana.writeList("createTaskList", { name: "Trabajo" });
    const there = await ana.create("ya estaba", { listId: list.id });
    const moved = await ana.write("updateTask", { id: (await ana.create("a")).id, listId: list.id });
    expect(moved.list.id).toBe(list.id);
    expect(moved.position > there.position).toBe(true);
  });

  test.for<[string, object, object]>([
    ["a null title", { title: null }, field("title", "INVALID")],
    ["a null state", { completed: null }, field("completed", "INVALID")],
    ["a list that does not exist", { listId: unknownId }, { code: "NOT_FOUND" }],
  ])("%s is refused and leaves the task as it is", async ([, changes, refusal]) => {
    const task = await ana.create("a");
    expect(refusalOf(await ana.attempt("updateTask", { id: task.id, ...changes }))).toEqual(refusal);
    expect(await ana.find(task.id)).toEqual(task);
  });

  test.for([unknownId, "", "x", '{"$gt":""}'])("the id %j is NOT_FOUND", async (id) => {
    expect(refusalOf(await ana.attempt("updateTask", { id, title: "b" }))).toEqual({ code: "NOT_FOUND" });
  });
});

describe("the trash", () => {
  test("takes a task and gives it back as it was", async () => {
    const { id } = await ana.create("a");
    const done = await ana.write("updateTask", { id, completed: true });
    const trashed = await ana.write("deleteTask", { id });
    expect(trashed).toMatchObject({ deletedAt: expect.any(String), completed: true, version: 3 });
    expect((await ana.page()).nodes).toEqual([]);
    expect((await ana.page({ filter: { trashed: true } })).nodes.map((task) => task.id)).toEqual([id]);
    const restored = await ana.write("restoreTask", { id });
    expect(restored).toEqual({ ...done, version: 4, updatedAt: restored.updatedAt });
  });

  test("holds a task once, however often it is thrown in", async () => {
    const { id } = await ana.create("a");
    const first = await ana.write("deleteTask", { id });
    expect(await ana.write("deleteTask", { id })).toEqual(first);
  });

  const purge = "mutation($id: ID!) { purgeTask(input: { id: $id }) { purgedId } }";

  test("a task is removed for good only from there", async () => {
    const { id } = await ana.create("a");
    expect(refusalOf(await ana.person.ask(purge, { id }))).toEqual(field("id", "NOT_IN_TRASH"));
    await ana.write("deleteTask", { id });
    expect(await ana.person.get(purge, { id })).toEqual({ purgeTask: { purgedId: id } });
    expect(refusalOf(await ana.attempt("restoreTask", { id }))).toEqual({ code: "NOT_FOUND" });
  });

  test("is emptied at once, and only the trash", async () => {
    const kept = await ana.create("stays");
    for (const title of ["a", "b"]) await ana.write("deleteTask", { id: (await ana.create(title)).id });
    const { emptyTrash } = await ana.person.get<{ emptyTrash: object }>(
      "mutation { emptyTrash { purgedCount remaining } }",
    );
    expect(emptyTrash).toEqual({ purgedCount: 2, remaining: false });
    expect((await ana.page()).nodes.map((task) => task.id)).toEqual([kept.id]);
    expect((await ana.page({ filter: { trashed: true } })).totalCount).toBe(0);
  });
});

describe("ordering by hand", () => {
  const byHand = { orderBy: { field: "POSITION" } };
  const titles = async () => (await ana.page(byHand)).nodes.map((task) => task.title);

  test("new tasks go to the end, and each can be put anywhere", async () => {
    const [a, b, c, d] = [await ana.create("a"), await ana.create("b"), await ana.create("c"), await ana.create("d")];
    expect(await titles()).toEqual(["a", "b", "c", "d"]);
    await ana.write("moveTask", { id: d.id, beforeId: a.id });
    expect(await titles()).toEqual(["d", "a", "b", "c"]);
    await ana.write("moveTask", { id: d.id, afterId: b.id });
    expect(await titles()).toEqual(["a", "b", "d", "c"]);
    await ana.write("moveTask", { id: a.id });
    expect(await titles()).toEqual(["b", "d", "c", "a"]);
    await ana.write("moveTask", { id: c.id, afterId: d.id });
    expect(await titles()).toEqual(["b", "d", "c", "a"]);
    await ana.create("e");
    expect(await titles()).toEqual(["b", "d", "c", "a", "e"]);
  });

  test("a hundred moves into the same gap keep the order", async () => {
    const [first, last] = [await ana.create("first"), await ana.create("last")];
    const others = await Promise.all(Array.from({ length: 10 }, (_, i) => ana.create(`${i}`)));
    for (let i = 0; i < 100; i++) await ana.write("moveTask", { id: others[i % 10]?.id, afterId: first.id });
    expect(await titles()).toEqual(["first", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0", "last"]);
    expect((await ana.find(last.id)).version).toBe(1);
  });

  test.for<[string, (a: string, b: string, other: string) => object, object]>([
    ["both neighbours", (a, b) => ({ afterId: a, beforeId: b }), field("beforeId", "ONE_OF")],
    ["itself as a neighbour", (a) => ({ id: a, afterId: a }), field("afterId", "SELF")],
    ["a neighbour in another list", (_, __, other) => ({ afterId: other }), field("afterId", "OTHER_LIST")],
    ["a neighbour that does not exist", () => ({ afterId: unknownId }), { code: "NOT_FOUND" }],
  ])("%s is refused", async ([, input, refusal]) => {
    const list = await ana.writeList("createTaskList", { name: "Otra" });
    const [a, b] = [await ana.create("a"), await ana.create("b")];
    const other = await ana.create("c", { listId: list.id });
    const answer = await ana.attempt("moveTask", { id: b.id, ...input(a.id, b.id, other.id) });
    expect(refusalOf(answer)).toEqual(refusal);
  });
});

describe("many at once", () => {
  const bulk = `mutation($input: UpdateTasksInput!) { updateTasks(input: $input) {
    results { id task { title completed tags version deletedAt list { id } } error { code message } } } }`;
  const change = async (input: object) =>
    (
      await ana.person.get<{
        updateTasks: { results: { id: string; task: object | null; error: { code: string } | null }[] };
      }>(bulk, { input })
    ).updateTasks.results;

  test("completes, tags, moves and trashes together, with a result per id", async () => {
    const list = await ana.writeList("createTaskList", { name: "Otra" });
    const [a, b] = [await ana.create("a", { tags: ["x", "y"] }), await ana.create("b")];
    const ids = [b.id, unknownId, a.id, "no id"];
    const results = await change({
      ids,
      completed: true,
      listId: list.id,
      addTags: ["z"],
      removeTags: ["X"],
      trashed: true,
    });
    expect(results.map(({ id }) => id)).toEqual(ids);
    expect(results.map(({ error }) => error?.code)).toEqual([undefined, "NOT_FOUND", undefined, "NOT_FOUND"]);
    const common = { completed: true, version: 2, deletedAt: expect.any(String), list: { id: list.id } };
    expect(results[0]?.task).toEqual({ ...common, title: "b", tags: ["z"] });
    expect(results[2]?.task).toEqual({ ...common, title: "a", tags: ["y", "z"] });
  });

  test("one that would have too many tags fails alone", async () => {
    const full = await ana.create("full", { tags: Array.from({ length: 20 }, (_, i) => `t${i}`) });
    const other = await ana.create("other");
    const results = await change({ ids: [full.id, other.id], addTags: ["one more"] });
    expect(results.map(({ error }) => error?.code)).toEqual(["BAD_USER_INPUT", undefined]);
    expect((await ana.find(full.id)).version).toBe(1);
    expect((await ana.find(other.id)).tags).toEqual(["one more"]);
  });

  test("an id given twice is changed once and answered twice", async () => {
    const { id } = await ana.create("a");
    const results = await change({ ids: [id, id], completed: true });
    expect(results.map(({ task }) => task)).toMatchObject([{ version: 2 }, { version: 2 }]);
  });

  test("no id, and more than 100, are refused", async () => {
    expect(refusalOf(await ana.person.ask(bulk, { input: { ids: [] } }))).toEqual(field("ids", "TOO_FEW"));
    const ids = Array.from({ length: 101 }, () => unknownId);
    expect(refusalOf(await ana.person.ask(bulk, { input: { ids } }))).toEqual(field("ids", "TOO_MANY"));
  });
});

test("nobody writes without signing in", async () => {
  const answer = await send(stack.tasks.url, `mutation { createTask(input: { title: "x" }) { task { id } } }`);
  expect(refusalOf(answer)).toEqual({ code: "UNAUTHENTICATED" });
});
