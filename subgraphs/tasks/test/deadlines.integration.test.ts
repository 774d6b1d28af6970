import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { budgetHeader } from "@tareas/service-kit/deadline";
import { type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HeldCommands } from "../../../test/support/fail-point.ts";
import { routerCredential } from "../../../test/support/router-credential.ts";
import { refusalOf, TaskClient } from "./support/task-client.ts";

let stack: Stack;
let mongodb: MongoClient;
let token: Record<string, string>;

beforeAll(async () => {
  stack = await startStack({
    services: ["users", "tasks"],
    // What is not undone by us stays open for longer than a test lasts.
    mongodb: { parameters: { enableTestCommands: "1", transactionLifetimeLimitSeconds: "60" } },
  });
  mongodb = await new MongoClient(stack.mongodb.uri).connect();
  token = await routerCredential(stack.serviceKeyFile, "tasks");
});
afterAll(async () => {
  await mongodb?.close();
  await stack?.[Symbol.asyncDispose]();
});

const register = () => TaskClient.register(stack.users.url, stack.tasks.url);
const hold = (commands: string[], options = {}) => HeldCommands.arm(stack.mongodb.uri, "tasks", commands, options);
const budget = (ms: number) => ({ ...token, [budgetHeader]: String(ms) });
const titles = async (person: TaskClient) => (await person.page()).nodes.map(({ title }) => title);
const openTransactions = async () => {
  const { transactions } = await mongodb.db("admin").command({ serverStatus: 1 });
  return Number(transactions.currentOpen);
};

const poolSize = 50;
const lists = "{ taskLists { id } }";
const createTask = "mutation($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }";
const everyRead = `{ tasks(filter: { text: "milk" }) { totalCount nodes { id list { id } } } taskLists { counts { open } } }`;

/** What MongoDB was asked for the tasks subgraph's requests meanwhile: reads and writes, and what they consist of. */
async function profiled(work: () => Promise<unknown>): Promise<Document[]> {
  const db = mongodb.db(stack.databases.tasks);
  await db.command({ profile: 2 });
  await work();
  await db.command({ profile: 0 });
  // Not updates, of which the profiler does not tell the time limit.
  const operations = await db
    .collection("system.profile")
    .find({
      op: { $ne: "update" },
      appName: "tareas-tasks",
      ns: { $regex: /\.(tasks|lists|owners|idempotentResults)$/ },
    })
    .toArray();
  await db.collection("system.profile").drop();
  return operations.map(({ command, originatingCommand }) => originatingCommand ?? command);
}

test("every operation tells MongoDB how long it has, and that is what is left of the router's time", async () => {
  const { person } = await register();
  const asked = await profiled(async () => {
    const headers = budget(4_321);
    await person.get(createTask, { input: { title: "milk" } }, { headers, idempotencyKey: "0123456789abcdef" });
    await person.get(everyRead, {}, { headers });
  });
  const kinds = new Set(asked.map((command) => Object.keys(command)[0]));
  expect([...kinds]).toEqual(expect.arrayContaining(["find", "aggregate", "insert", "findAndModify"]));
  for (const command of asked) {
    expect(command.maxTimeMS, JSON.stringify(command)).toBeGreaterThan(1_000);
    expect(command.maxTimeMS).toBeLessThanOrEqual(4_321);
  }
});

test("updates tell it too", async () => {
  const client = await register();
  await client.create("before");
  await using held = await hold(["update"]);
  const headers = budget(2_500);
  const writing = client.person.ask(
    createTask,
    { input: { title: "milk" } },
    { headers, idempotencyKey: "f".repeat(16) },
  );
  await expect.poll(() => held.isHit(), { timeout: 10_000 }).toBe(true);
  const pipeline = [{ $currentOp: {} }, { $match: { appName: "tareas-tasks", "command.update": { $exists: true } } }];
  const [operation] = await mongodb.db("admin").aggregate(pipeline).toArray();
  expect(operation?.command.maxTimeMS).toBeGreaterThan(500);
  expect(operation?.command.maxTimeMS).toBeLessThanOrEqual(2_500);
  expect(refusalOf(await writing)).toMatchObject({ code: "SUBGRAPH_TIMEOUT" });
});

test("who is not a server of ours has the usual time, whatever the header says", async () => {
  const { person } = await register();
  const asked = await profiled(() => person.get(lists, {}, { headers: { [budgetHeader]: "1" } }));
  expect(asked.length).toBeGreaterThan(0);
  for (const { maxTimeMS } of asked) expect(maxTimeMS).toBeGreaterThan(5_000);
});

test("nobody has more than the usual time", async () => {
  const { person } = await register();
  const asked = await profiled(() => person.get(lists, {}, { headers: budget(600_000) }));
  for (const { maxTimeMS } of asked) expect(maxTimeMS).toBeLessThanOrEqual(10_000);
});

test("a read that MongoDB does not answer ends with its deadline, and says so", async () => {
  const { person } = await register();
  await person.get(lists);
  await using _held = await hold(["find", "aggregate"]);
  const startedAt = performance.now();
  const answer = await person.ask(lists, {}, { headers: budget(500) });
  expect(refusalOf(answer)).toEqual({ code: "SUBGRAPH_TIMEOUT", subgraph: "tasks" });
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test("reads that MongoDB does not answer leave their connections to others", async () => {
  const client = await register();
  await client.create("before");
  await using _held = await hold(["aggregate"]);
  const counts = "{ taskLists { counts { open } } }";
  const readings = Array.from({ length: poolSize + 10 }, () =>
    client.person.ask(counts, {}, { headers: budget(1_500) }),
  );
  for (const { errors } of await Promise.all(readings)) expect(errors[0]?.extensions.code).toBe("SUBGRAPH_TIMEOUT");
  await client.create("after");
});

test("a write whose caller leaves is undone at once, and those behind it go on", async () => {
  const client = await register();
  await client.create("before");
  const caller = new AbortController();
  {
    await using held = await hold(["insert"]);
    const left = fetch(`${stack.tasks.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${client.person.token}` },
      body: JSON.stringify({ query: createTask, variables: { input: { title: "left" } } }),
      signal: caller.signal,
    });
    await expect.poll(() => held.isHit(), { timeout: 10_000 }).toBe(true);
    expect(await openTransactions()).toBe(1);
    caller.abort();
    await expect(left).rejects.toThrow();
    await expect.poll(openTransactions, { timeout: 5_000 }).toBe(0);
  }
  await client.create("after");
  expect((await titles(client)).toSorted()).toEqual(["after", "before"]);
});

test("a transaction is not begun after its deadline", async () => {
  const client = await register();
  await client.create("before");
  await using _held = await hold(["insert"]);
  const writing = ["first", "second"].map((title) =>
    client.person.ask(createTask, { input: { title } }, { headers: budget(500) }),
  );
  for (const answer of await Promise.all(writing))
    expect(refusalOf(answer)).toMatchObject({ code: "SUBGRAPH_TIMEOUT" });
  await expect.poll(openTransactions, { timeout: 5_000 }).toBe(0);
});

test("an answer does not wait for what is undone", async () => {
  const client = await register();
  await client.create("before");
  await using _held = await hold(["insert", "abortTransaction"], { forMs: 4_000 });
  const startedAt = performance.now();
  const answer = await client.person.ask(createTask, { input: { title: "late" } }, { headers: budget(500) });
  expect(refusalOf(answer)).toMatchObject({ code: "SUBGRAPH_TIMEOUT" });
  expect(performance.now() - startedAt).toBeLessThan(2_500);
});

test("a commit that has begun is left alone", async () => {
  const client = await register();
  await client.create("before");
  await using held = await hold(["commitTransaction"], { forMs: 1_500 });
  const answer = await client.person.ask(createTask, { input: { title: "committed" } }, { headers: budget(500) });
  expect(answer.errors).toEqual([]);
  expect(await held.isHit()).toBe(true);
  expect((await titles(client)).toSorted()).toEqual(["before", "committed"]);
});
