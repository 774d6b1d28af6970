import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TaskClient } from "../subgraphs/tasks/test/support/task-client.ts";
import { SteadyLoad } from "./support/steady-load.ts";

const mostOutageMs = 15_000;
const some = 5;

let stack: Stack;
let people: TaskClient[];
let pids: unknown[];

const processes = () => [stack.router, stack.users, stack.tasks].map(({ pid, restarts }) => [pid, restarts]);
const readiness = () =>
  Promise.all([stack.users, stack.tasks].map(async ({ url }) => (await fetch(`${url}/health/ready`)).status));

beforeAll(async () => {
  stack = await startStack({ mongodb: { members: 3 } });
  people = await Promise.all(Array.from({ length: 4 }, () => TaskClient.register(stack.router.url, stack.router.url)));
  pids = processes();
});
afterAll(() => stack?.[Symbol.asyncDispose]());

/** Writes and reads on, begins the fault in the middle of it, and goes on until all is well again. */
async function loadDuring(fault: () => void | Promise<void>) {
  const load = new SteadyLoad(people);
  await expect.poll(() => load.done("write"), { timeout: 20_000 }).toBeGreaterThan(some);
  const since = performance.now();
  await fault();
  const health = new Set((await readiness()).values());
  const goesOn = async () => {
    for (const status of await readiness()) health.add(status);
    return Math.min(load.done("write", since), load.done("read", since));
  };
  await expect.poll(goesOn, { timeout: 25_000 }).toBeGreaterThan(some);
  const outagesMs = { write: load.outageMs("write", since), read: load.outageMs("read", since) };
  return { ...(await load.end()), ...outagesMs, codes: load.codes(), health: [...health] };
}

function expectToBeRiddenOut({ lost, doubled, write, read, codes, health }: Awaited<ReturnType<typeof loadDuring>>) {
  expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
  expect(write).toBeLessThan(mostOutageMs);
  expect(read).toBeLessThan(mostOutageMs);
  expect(["SUBGRAPH_TIMEOUT", "SUBGRAPH_UNAVAILABLE"]).toEqual(expect.arrayContaining(codes));
  expect(health).toEqual([200]);
  expect(processes()).toEqual(pids);
}

test("a primary that is killed costs no acknowledged write, doubles none, and is replaced within 15 s", async () => {
  const primary = await stack.mongodb.primary();
  expectToBeRiddenOut(await loadDuring(() => primary.kill()));
  await primary.start();
  await stack.mongodb.whole();
}, 60_000);

test("a primary that hangs, with its connections open, is replaced just as soon", async () => {
  const primary = await stack.mongodb.primary();
  try {
    expectToBeRiddenOut(await loadDuring(() => primary.pause()));
  } finally {
    primary.resume();
  }
  await stack.mongodb.whole();
}, 60_000);

test("subgraphs that start while there is no primary get ready when there is one", async () => {
  const primary = await stack.mongodb.primary();
  const others = stack.mongodb.members.filter((member) => member !== primary);
  await Promise.all(others.map((member) => member.kill()));
  await Promise.all([stack.users.stop(), stack.tasks.stop()]);
  await Promise.all([stack.users.start(), stack.tasks.start()]);
  const [person] = people;
  const isServed = async () => (await person?.attemptPage({}))?.errors.length === 0;
  expect(await isServed()).toBe(false);

  await Promise.all(others.map((member) => member.start()));
  await stack.mongodb.primary();
  await expect.poll(isServed, { timeout: mostOutageMs }).toBe(true);
  await Promise.all([stack.users.ready(), stack.tasks.ready()]);
}, 60_000);
