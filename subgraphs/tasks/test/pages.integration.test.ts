import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusalOf, type Task, TaskClient } from "./support/task-client.ts";

let stack: Stack;
let ana: TaskClient;
let lists: string[];
let all: Task[];

const priorities = ["NONE", "LOW", "MEDIUM", "HIGH", "URGENT"] as const;
const tagsOf = (i: number) => [...(i % 2 ? ["Casa"] : []), ...(i % 3 ? [] : ["trabajo"])];

beforeAll(async () => {
  stack = await startStack({ services: ["users", "tasks"] });
  ana = await TaskClient.register(stack.users.url, stack.tasks.url);
  lists = await Promise.all(["A", "B"].map(async (name) => (await ana.writeList("createTaskList", { name })).id));
  const titles = Array.from({ length: 60 }, (_, i) => `tarea número ${i % 7} del día`);
  const created: Task[] = [];
  for (const [i, title] of titles.entries()) {
    const dueDate = i % 4 ? `2026-12-${String(1 + (i % 9)).padStart(2, "0")}` : null;
    created.push(
      await ana.create(title, { listId: lists[i % 2], priority: priorities[i % 5], dueDate, tags: tagsOf(i) }),
    );
  }
  for (const [i, { id }] of created.entries()) {
    if (i % 3 === 1) await ana.write("updateTask", { id, completed: true });
    if (i % 10 === 9) await ana.write("deleteTask", { id });
  }
  all = await Promise.all(created.map(({ id }) => ana.find(id)));
});
afterAll(() => stack[Symbol.asyncDispose]());

const sortKeys = {
  CREATED_AT: (task: Task) => task.createdAt,
  UPDATED_AT: (task: Task) => task.updatedAt,
  DUE_DATE: (task: Task) => task.dueDate ?? "9999",
  PRIORITY: (task: Task) => String(priorities.indexOf(task.priority)),
  POSITION: (task: Task) => task.position,
};

interface Filter {
  listId?: string | undefined;
  completed?: boolean | undefined;
  priority?: Task["priority"][] | undefined;
  tags?: string[] | undefined;
  dueFrom?: string | undefined;
  dueTo?: string | undefined;
  text?: string | undefined;
  trashed?: boolean | undefined;
}

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** What a filter lets through, said once more in the simplest way. */
function passes(task: Task, filter: Filter): boolean {
  const words = fold(`${task.title} ${task.tags.join(" ")}`).split(" ");
  return (
    (task.deletedAt !== null) === (filter.trashed ?? false) &&
    (filter.listId === undefined || task.list.id === filter.listId) &&
    (filter.completed === undefined || task.completed === filter.completed) &&
    (filter.priority === undefined || filter.priority.includes(task.priority)) &&
    (filter.tags ?? []).every((tag) => task.tags.map(fold).includes(fold(tag))) &&
    (filter.dueFrom === undefined || (task.dueDate !== null && task.dueDate >= filter.dueFrom)) &&
    (filter.dueTo === undefined || (task.dueDate !== null && task.dueDate <= filter.dueTo)) &&
    fold(filter.text ?? "")
      .split(" ")
      .every((start) => words.some((word) => word.startsWith(start)))
  );
}

function expectedIds(filter: Filter, field: keyof typeof sortKeys, direction: "ASC" | "DESC"): string[] {
  const key = (task: Task) => `${sortKeys[field](task)} ${task.id}`;
  const sorted = all.filter((task) => passes(task, filter)).sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return (direction === "ASC" ? sorted : sorted.reverse()).map(({ id }) => id);
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const day = fc.integer({ min: 1, max: 9 }).map((d) => `2026-12-0${d}`);

const question = fc.record({
  filter: fc.record({
    listId: optional(fc.constantFrom(0, 1)),
    completed: optional(fc.boolean()),
    priority: optional(fc.subarray([...priorities])),
    tags: optional(fc.subarray(["CASA", "trabajo"])),
    dueFrom: optional(day),
    dueTo: optional(day),
    text: optional(fc.constantFrom("numero", "TAREA 3", "d", "cas", "nada")),
    trashed: optional(fc.boolean()),
  }),
  field: fc.constantFrom(...(Object.keys(sortKeys) as (keyof typeof sortKeys)[])),
  direction: fc.constantFrom("ASC" as const, "DESC" as const),
  size: fc.integer({ min: 1, max: 30 }),
  backwards: fc.boolean(),
});

test("any filter in any order, walked from either end by pages of any size, gives each task once and in order", async () => {
  await fc.assert(
    fc.asyncProperty(question, async ({ filter: { listId, ...rest }, field, direction, size, backwards }) => {
      const filter = { ...rest, listId: listId === undefined ? undefined : lists[listId] };
      const expected = expectedIds(filter, field, direction);
      const walked: string[] = [];
      let cursor: string | null = null;
      for (let more = true; more; ) {
        const orderBy = { field, direction };
        const ends = backwards ? { last: size, before: cursor } : { first: size, after: cursor };
        const page = await ana.page({ ...ends, filter, orderBy });
        const ids = page.nodes.map(({ id }) => id);
        const seen = walked.length;
        if (backwards) walked.unshift(...ids);
        else walked.push(...ids);
        const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
        const [ahead, behind] = backwards ? [hasPreviousPage, hasNextPage] : [hasNextPage, hasPreviousPage];
        expect(page.totalCount).toBe(expected.length);
        expect(page.edges.map(({ node }) => node.id)).toEqual(ids);
        expect(ahead).toBe(walked.length < expected.length);
        expect(behind).toBe(seen > 0);
        cursor = backwards ? startCursor : endCursor;
        more = ahead;
      }
      expect(walked).toEqual(expected);
    }),
    { numRuns: 120 },
  );
});

test("a page between two cursors holds what lies between them", async () => {
  const order = { orderBy: { field: "PRIORITY", direction: "DESC" } };
  const { edges } = await ana.page({ first: 30, ...order });
  const between = { after: edges[4]?.cursor, before: edges[20]?.cursor, ...order };
  const ids = (page: { edges: typeof edges }) => page.edges.map(({ node }) => node.id);
  expect(ids(await ana.page({ first: 50, ...between }))).toEqual(ids({ edges: edges.slice(5, 20) }));
  expect(ids(await ana.page({ first: 3, ...between }))).toEqual(ids({ edges: edges.slice(5, 8) }));
  expect(ids(await ana.page({ last: 3, ...between }))).toEqual(ids({ edges: edges.slice(17, 20) }));
});

test("the default is the 20 newest", async () => {
  const page = await ana.page();
  expect(page.nodes.map(({ id }) => id)).toEqual(expectedIds({}, "CREATED_AT", "DESC").slice(0, 20));
});

describe("bad arguments", () => {
  const field = (path: string, code: string) => ({ code: "BAD_USER_INPUT", fields: [{ path, code }] });
  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const id = "0123456789abcdef01234567";

  test.for<[string, object, object]>([
    ["a page of 101", { first: 101 }, field("first", "TOO_LARGE")],
    ["a page of -1", { last: -1 }, field("last", "TOO_SMALL")],
    ["a cursor that is none", { after: "nonsense" }, field("after", "INVALID_CURSOR")],
    ["a cursor of another order", { before: forged(["PRIORITY", 1, id]) }, field("before", "INVALID_CURSOR")],
    [
      "a cursor with an operator in it",
      { after: forged(["CREATED_AT", { $gt: 0 }, id]) },
      field("after", "INVALID_CURSOR"),
    ],
    ["a cursor with a bad id", { after: forged(["CREATED_AT", 1, { $gt: "" }]) }, field("after", "INVALID_CURSOR")],
    ["a cursor beyond all time", { after: forged(["CREATED_AT", 9e15, id]) }, field("after", "INVALID_CURSOR")],
    ["a search of 201 characters", { filter: { text: "x".repeat(201) } }, field("filter.text", "TOO_LONG")],
  ])("%s is refused", async ([, args, refusal]) => {
    expect(refusalOf(await ana.attemptPage(args))).toEqual(refusal);
  });

  test("a page of none is empty, and knows that there is more", async () => {
    expect(await ana.page({ first: 0 })).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, endCursor: null } });
  });

  test("a search with the signs of regular expressions finds words, not patterns", async () => {
    expect((await ana.page({ filter: { text: "ta.*" } })).totalCount).toBe((await ana.page()).totalCount);
    expect((await ana.page({ filter: { text: "t.*ea" } })).totalCount).toBe(0);
  });
});

test("pages neither skip nor repeat while others write", async () => {
  const berta = await TaskClient.register(stack.users.url, stack.tasks.url);
  const before = new Set<string>();
  for (let i = 0; i < 30; i++) before.add((await berta.create(`${i}`)).id);
  const walked: string[] = [];
  let cursor: string | null = null;
  for (let more = true; more; ) {
    const page = await berta.page({ first: 4, after: cursor, orderBy: { field: "CREATED_AT" } });
    walked.push(...page.nodes.map(({ id }) => id));
    // Meanwhile one that was seen goes away, one that was seen changes, and a new one comes.
    const [gone, changed] = page.nodes;
    if (gone) await berta.write("deleteTask", { id: gone.id });
    if (changed) await berta.write("updateTask", { id: changed.id, title: "changed" });
    if (walked.length < 20) await berta.create("new");
    cursor = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  expect(new Set(walked).size).toBe(walked.length);
  expect([...before].filter((id) => !walked.includes(id))).toEqual([]);
});

test("User.tasks and TaskList.tasks page like Query.tasks, and stay within their own", async () => {
  const { taskList } = await ana.person.get<{ taskList: { tasks: { totalCount: number; nodes: { id: string }[] } } }>(
    "query($id: ID!) { taskList(id: $id) { tasks(first: 5, filter: { completed: true }) { totalCount nodes { id } } } }",
    { id: lists[0] },
  );
  const expected = expectedIds({ listId: lists[0], completed: true }, "CREATED_AT", "DESC");
  expect(taskList.tasks.nodes.map(({ id }) => id)).toEqual(expected.slice(0, 5));
  expect(taskList.tasks.totalCount).toBe(expected.length);
});
