import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { routerOn } from "./support/router.ts";
import { scriptedSubgraph } from "./support/scripted-subgraph.ts";

let users: Awaited<ReturnType<typeof scriptedSubgraph>>;
let tasks: Awaited<ReturnType<typeof scriptedSubgraph>>;
let router: Awaited<ReturnType<typeof routerOn>>;

const task = { __typename: "Task", id: "t", title: "t", owner: { __typename: "User", id: "u" } };

beforeAll(async () => {
  users = await scriptedSubgraph(({ variables }) =>
    variables.representations
      ? { data: { _entities: variables.representations.map(() => ({ username: "lucia" })) } }
      : { data: { register: { expiresAt: "now" } } },
  );
  tasks = await scriptedSubgraph(({ query }) =>
    query.startsWith("mutation")
      ? { data: { a: { task }, b: { task }, createTask: { task } } }
      : { data: { task, tasks: { nodes: [task] } } },
  );
  const supergraph = await readFile(join(import.meta.dirname, "../supergraph.graphql"), "utf8");
  router = await routerOn(supergraph, {
    SUBGRAPH_URL_USERS: users.url,
    SUBGRAPH_URL_TASKS: tasks.url,
    SUBGRAPH_TIMEOUT_MS: "2000",
    SUBGRAPH_TIMEOUT_MS_USERS: "700",
    REQUEST_TIMEOUT_MS: "1000",
  });
});
afterAll(async () => {
  await router?.[Symbol.asyncDispose]();
  await users[Symbol.asyncDispose]();
  await tasks[Symbol.asyncDispose]();
});

function forgetReceived() {
  users.state.received.length = 0;
  tasks.state.received.length = 0;
}

test("each mutation fetch of a request to one subgraph has an Idempotency-Key of its own", async () => {
  forgetReceived();
  const { body } = await router.query(
    `mutation ($input: RegisterInput!) {
      a: createTask(input: { title: "a" }) { task { id owner { username } } }
      register(input: $input) { expiresAt }
      b: createTask(input: { title: "b" }) { task { id } }
    }`,
    {
      variables: { input: { username: "lucia", password: "correct horse battery" } },
      headers: { "idempotency-key": '"key-1"' },
    },
  );
  expect(body.errors).toBeUndefined();
  const sent = [...tasks.state.received, ...users.state.received].map(({ query, headers }) => [
    /^\w+/.exec(query)?.[0],
    headers["idempotency-key"],
  ]);
  expect(sent).toEqual([
    ["mutation", "key-1"],
    ["mutation", expect.stringMatching(/^[\w-]{43}$/)],
    ["query", undefined],
    ["mutation", "key-1"],
  ]);
});

test("an Idempotency-Key that is none is BAD_USER_INPUT", async () => {
  const { status, body } = await router.query("mutation { emptyTrash { remaining } }", {
    headers: { "idempotency-key": "two words" },
  });
  expect(status).toBe(400);
  expect(body.errors?.[0]?.extensions).toEqual({
    code: "BAD_USER_INPUT",
    fields: [{ path: "Idempotency-Key", code: "INVALID" }],
  });
});

test("subgraphs get the trace, the request id and the time that is left", async () => {
  forgetReceived();
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  await router.query("{ tasks { nodes { owner { username } } } }", {
    headers: { traceparent, tracestate: "a=b", "x-request-id": "request-0001", cookie: "private=1" },
  });
  const [toTasks] = tasks.state.received;
  const [toUsers] = users.state.received;
  for (const received of [toTasks, toUsers]) {
    expect(received?.headers).toMatchObject({ traceparent, tracestate: "a=b", "x-request-id": "request-0001" });
    expect(received?.headers).not.toHaveProperty("cookie");
    expect(received?.headers).not.toHaveProperty("authorization");
  }
  const budgets = [toTasks, toUsers].map((received) => Number(received?.headers["x-envoy-expected-rq-timeout-ms"]));
  expect(budgets[0]).toBeGreaterThan(700);
  expect(budgets[0]).toBeLessThanOrEqual(1_000);
  expect(budgets[1]).toBeGreaterThan(300);
  expect(budgets[1]).toBeLessThanOrEqual(700);
});

test("a request ends at its own deadline, though each call had time left", async () => {
  const before = tasks.state.answer;
  tasks.state.answer = () => () => {};
  const startedAt = performance.now();
  const { body } = await router.query("{ task(id: 1) { title } }");
  expect(performance.now() - startedAt).toBeLessThan(1_250);
  expect(body.errors?.[0]?.extensions).toEqual({ code: "SUBGRAPH_TIMEOUT", subgraph: "tasks" });
  tasks.state.answer = before;
});
