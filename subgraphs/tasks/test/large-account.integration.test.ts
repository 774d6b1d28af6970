import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { mongo, Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newTask } from "../src/tasks/task-changes.ts";
import { TaskClient, type TaskPage } from "./support/task-client.ts";

// One person with 100,000 tasks. What counts is how much MongoDB reads for a page, as its own profiler tells it:
// that does not depend on how busy this machine is.
const taskCount = 100_000;
const pageSize = 20;

let stack: Stack;
let ana: TaskClient;
let client: mongo.MongoClient;
let lists: string[];

beforeAll(async () => {
  stack = await startStack({ services: ["users", "tasks"] });
  ana = await TaskClient.register(stack.users.url, stack.tasks.url);
  lists = (await ana.lists()).map(({ id }) => id);
  for (const name of ["A", "B", "C", "D"]) lists.push((await ana.writeList("createTaskList", { name })).id);
  client = await new mongo.MongoClient(stack.mongodb.uri).connect();
  await fill();
}, 240_000);
afterAll(async () => {
  await client.close();
  await stack[Symbol.asyncDispose]();
});

async function fill(): Promise<void> {
  const priorities = ["NONE", "LOW", "MEDIUM", "HIGH", "URGENT"] as const;
  const start = Date.parse("2026-01-01T00:00:00Z");
  const batch = 10_000;
  for (let from = 0; from < taskCount; from += batch) {
    const tasks = Array.from({ length: batch }, (_, k) => {
      const i = from + k;
      const listId = new Types.ObjectId(lists[i % lists.length]);
      const dueDate = i % 3 ? new Date(start + (i % 365) * 86_400_000).toISOString().slice(0, 10) : null;
      const tags = i % 4 ? [] : ["casa", `t${i % 8}`];
      const input = { title: `tarea ${i}`, priority: priorities[i % 5], dueDate, tags };
      const task = newTask(ana.person.id, listId, input, new Date(start + i * 1_000));
      return i % 2 ? task : { ...task, state: "completed" as const, completedAt: task.createdAt };
    });
    await client.db(stack.databases.tasks).collection("tasks").insertMany(tasks);
  }
}

interface Reading {
  readonly docsExamined: number;
  readonly keysExamined: number;
  readonly nreturned: number;
}

/** What MongoDB read to answer the queries for tasks that `ask` caused. */
async function readingsOf(ask: () => Promise<unknown>): Promise<Reading[]> {
  const db = client.db(stack.databases.tasks);
  await db.command({ profile: 0 });
  await db.dropCollection("system.profile");
  await db.command({ profile: 2 });
  await ask();
  await db.command({ profile: 0 });
  return db
    .collection<Reading & mongo.Document>("system.profile")
    .find({ op: "query", ns: `${db.databaseName}.tasks` })
    .toArray();
}

const fields = ["CREATED_AT", "UPDATED_AT", "DUE_DATE", "PRIORITY", "POSITION"];
const orders = fields.flatMap((field) => ["ASC", "DESC"].map((direction) => ({ field, direction })));

const nodesOnly = `query($first: Int, $after: String, $last: Int, $before: String, $filter: TaskFilter, $orderBy: TaskOrder) {
  tasks(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    nodes { id } pageInfo { hasNextPage endCursor }
  }
}`;
const page = async (args: object) => (await ana.person.get<{ tasks: TaskPage }>(nodesOnly, args)).tasks;

/** A cursor in the middle of an order: where a task of the middle stands in it. */
async function middle(orderBy: { field: string; direction: string }, filter: object = {}): Promise<string | null> {
  const half = { ...filter, dueFrom: "2026-06-15", dueTo: "2026-07-15" };
  return (await page({ first: 100, filter: half, orderBy })).pageInfo.endCursor;
}

async function expectFrugal(args: object): Promise<Reading> {
  const [reading, ...others] = await readingsOf(() => page({ first: pageSize, ...args }));
  expect(others).toEqual([]);
  expect(reading?.nreturned).toBeGreaterThanOrEqual(pageSize);
  expect(reading?.docsExamined).toBeLessThanOrEqual(2 * pageSize);
  return reading as Reading;
}

describe.each(orders)("in order of $field $direction", (orderBy) => {
  test("the first page reads at most twice what it returns", async () => {
    expect((await expectFrugal({ orderBy })).keysExamined).toBeLessThanOrEqual(2 * pageSize);
  });

  test("and so does a page in the middle, with no more of the index read than for the first", async () => {
    const after = await middle(orderBy);
    expect((await expectFrugal({ orderBy, after })).keysExamined).toBeLessThanOrEqual(2 * pageSize);
  });

  test.for<[string, () => object]>([
    ["open tasks", () => ({ completed: false })],
    ["a list", () => ({ listId: lists[2] })],
    ["open tasks of a list", () => ({ listId: lists[2], completed: false })],
    ["a tag", () => ({ tags: ["casa"] })],
    ["a tag in a list", () => ({ tags: ["casa"], listId: lists[2] })],
    ["two priorities", () => ({ priority: ["HIGH", "URGENT"] })],
    ["a due range", () => ({ dueFrom: "2026-06-01", dueTo: "2026-07-31" })],
    ["a priority and a due range in a list", () => ({ listId: lists[1], priority: ["LOW"], dueFrom: "2026-02-01" })],
  ])("and so does a first and a middle page of %s", async ([, filter]) => {
    await expectFrugal({ orderBy, filter: filter() });
    await expectFrugal({ orderBy, filter: filter(), after: await middle(orderBy, filter()) });
  });
});

test("a search reads only tasks that have the word", async () => {
  const readings = await readingsOf(() => page({ first: pageSize, filter: { text: "9999" } }));
  expect(readings.map(({ nreturned, docsExamined }) => [nreturned, docsExamined])).toEqual([[11, 11]]);
});

test("the counts of the sidebar read no task at all", async () => {
  const db = client.db(stack.databases.tasks);
  await db.command({ profile: 2 });
  const counted = await ana.lists();
  await db.command({ profile: 0 });
  const reading = await db.collection("system.profile").findOne({ "command.aggregate": "tasks" }, { sort: { ts: -1 } });
  expect(reading?.docsExamined).toBe(0);
  expect(counted.reduce((sum, { counts }) => sum + counts.open + counts.completed, 0)).toBe(taskCount);
});
