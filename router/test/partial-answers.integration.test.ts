import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Answer, query } from "./support/router.ts";

const subgraphTimeoutMs = 800;
const titles = ["one", "two", "three"];
let stack: Stack;
let authorization: string;

const ask = <Data = Record<string, unknown>>(operation: string, variables = {}): Promise<Answer<Data>> =>
  query<Data>(stack.router.url, operation, { variables, headers: { authorization } });

beforeAll(async () => {
  // What the router saw lately would stand in for what is missing: see stale.integration.test.ts.
  const env = { SUBGRAPH_TIMEOUT_MS: String(subgraphTimeoutMs), STALE_MAX_AGE_SECONDS: "0" };
  stack = await startStack({ env: { router: env } });
  // Not through the router, which waits for so short a time.
  const { body } = await query<{ register: { accessToken: string } }>(
    stack.users.url,
    `mutation { register(input: { username: "lucia", password: "correct horse battery" }) { accessToken } }`,
  );
  authorization = `Bearer ${body.data?.register.accessToken}`;
  for (const title of titles) await ask(`mutation { createTask(input: { title: "${title}" }) { task { id } } }`);
});
afterAll(() => stack?.[Symbol.asyncDispose]());

const withOwners = `{ tasks(first: 20) { edges { node { title owner { username } } } } }`;
interface WithOwners {
  tasks: { edges: { node: { title: string; owner: { username: string } | null } }[] };
}

async function expectAllOwners() {
  const { body } = await ask<WithOwners>(withOwners);
  expect(body.errors).toBeUndefined();
  expect(body.data?.tasks.edges.map(({ node }) => node.owner)).toEqual(titles.map(() => ({ username: "lucia" })));
}

/** As soon as is promised: where calls had failed, the router looks only once a second whether a subgraph is back. */
const expectReturn = () => vi.waitFor(expectAllOwners, { timeout: 10_000, interval: 100 });

function expectTitlesOnly({ status, body }: Answer<WithOwners>, code: string) {
  expect(status).toBe(200);
  expect(body.data?.tasks.edges.map(({ node }) => node)).toEqual(
    titles.toReversed().map((title) => ({ title, owner: null })),
  );
  const extensions = { code, subgraph: "users" };
  expect(body.errors?.map((error) => [error.path, error.extensions])).toEqual(
    titles.map((_, index) => [["tasks", "edges", index, "node", "owner"], extensions]),
  );
}

test("with both subgraphs up, tasks come with their owners", expectAllOwners);

test("with users stopped, titles come with owner null and one coded error per path; it returns without a restart", async () => {
  const { pid } = stack.router;
  await stack.users.stop();
  expectTitlesOnly(await ask<WithOwners>(withOwners), "SUBGRAPH_UNAVAILABLE");
  await stack.users.start();
  await stack.users.ready();
  await expectReturn();
  expect(stack.router.pid).toBe(pid);
});

test("with users hung, the same comes within the timeout and 250 ms, and full answers once it goes on", async () => {
  await expectAllOwners();
  stack.users.pause();
  const startedAt = performance.now();
  const answer = await ask<WithOwners>(withOwners);
  expect(performance.now() - startedAt).toBeLessThan(subgraphTimeoutMs + 250);
  expectTitlesOnly(answer, "SUBGRAPH_TIMEOUT");
  stack.users.resume();
  await expectReturn();
});

test("with users hung, many requests at once cost each its timeout and no more", async () => {
  stack.users.pause();
  const startedAt = performance.now();
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask<WithOwners>(withOwners)));
  expect(performance.now() - startedAt).toBeLessThan(subgraphTimeoutMs + 2_500);
  for (const answer of answers) expectTitlesOnly(answer, "SUBGRAPH_TIMEOUT");
  stack.users.resume();
  await expectReturn();
});

test("with tasks stopped, me answers, and me.tasks is null with one error at its path", async () => {
  await stack.tasks.stop();
  const { body } = await ask(`{ me { username tasks { totalCount } } tasks { totalCount } taskList(id: "x") { id } }`);
  expect(body.data).toBeNull();
  const partial = await ask(`{ me { username mine: tasks { totalCount } } taskList(id: "x") { id } }`);
  expect(partial.body.data).toEqual({ me: { username: "lucia", mine: null }, taskList: null });
  const extensions = { code: "SUBGRAPH_UNAVAILABLE", subgraph: "tasks" };
  expect(partial.body.errors?.map((error) => [error.path, error.extensions])).toEqual(
    expect.arrayContaining([
      [["me", "mine"], extensions],
      [["taskList"], extensions],
    ]),
  );
  expect(partial.body.errors).toHaveLength(2);
  await stack.tasks.start();
  await stack.tasks.ready();
  await expectReturn();
});

test("nothing of where a subgraph lives reaches the client", async () => {
  await stack.users.stop();
  const text = JSON.stringify((await ask(withOwners)).body);
  expect(text).not.toMatch(/127\.0\.0\.1|ECONN|serviceName|stack|at .*\.ts/);
  await stack.users.start();
  await stack.users.ready();
  await expectReturn();
});

test("the router is ready while both subgraphs are down, and tells who can be reached", async () => {
  await Promise.all([stack.users.stop(), stack.tasks.stop()]);
  const response = await fetch(`${stack.router.url}/health/ready`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ status: "ok", subgraphs: { users: false, tasks: false } });
  await Promise.all([stack.users.start(), stack.tasks.start()]);
  await Promise.all([stack.users.ready(), stack.tasks.ready()]);
  await expectReturn();
});

test("the log line of a request names the operation and the subgraph calls, and holds no token or password", async () => {
  await ask(`query Owners { tasks(first: 1) { nodes { owner { username } } } }`);
  await expect.poll(() => stack.router.logs.some((line) => line.includes('"operationName":"Owners"'))).toBe(true);
  const line = stack.router.logs.find((entry) => entry.includes('"operationName":"Owners"')) ?? "";
  expect(JSON.parse(line)).toMatchObject({
    operationName: "Owners",
    path: "/graphql",
    calls: [
      { subgraph: "tasks", status: 200, ms: expect.any(Number) },
      { subgraph: "users", status: 200, ms: expect.any(Number) },
    ],
  });
  const all = [...stack.router.logs, ...stack.users.logs, ...stack.tasks.logs].join("\n");
  expect(all).not.toContain(authorization.slice("Bearer ".length));
  expect(all).not.toContain("correct horse battery");
});
