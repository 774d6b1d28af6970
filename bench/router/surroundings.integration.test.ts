import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf, viewerKey } from "./stub/placeholders.ts";
import { type Surroundings, startSurroundings } from "./surroundings.ts";
import { mixedOperations } from "./workloads/mixed.ts";

let surroundings: Surroundings;
beforeAll(async () => {
  surroundings = await startSurroundings(false);
});
afterAll(() => surroundings[Symbol.asyncDispose]());

const [ana, bea] = [1, 2];

async function ask(subgraph: "users" | "tasks", viewer: number, query: string, variables: object = {}) {
  const response = await fetch(surroundings.subgraphs[subgraph], {
    method: "POST",
    headers: { authorization: `Bearer ${surroundings.viewers.tokens[viewer]}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
}

test("each viewer has data of their own, of the size that is asked for", async () => {
  const query = "query($first: Int) { tasks(first: $first) { nodes { id owner { id } } } }";
  const task = (viewer: string, n: number) => ({ id: idOf(viewer, 0x1000 + n), owner: { id: idOf(viewer, n % 3) } });
  const nodes = (viewer: number, length: number) => Array.from({ length }, (_, n) => task(viewerKey(viewer), n));
  for (const [viewer, first] of [
    [ana, 4],
    [bea, 4],
    [ana, 2],
  ] as const)
    expect((await ask("tasks", viewer, query, { first })).data).toEqual({ tasks: { nodes: nodes(viewer, first) } });
});

test("entities are those that are asked for, under the names that are asked for", async () => {
  const query = `query($a: [_Any!]!, $b: [_Any!]!) {
    one: _entities(representations: $a) { ... on User { username } }
    _entities(representations: $b) { __typename ... on User { id } }
  }`;
  const user = (id: string) => ({ __typename: "User", id });
  const { data } = await ask("users", ana, query, { a: [user("1"), user("2")], b: [user("3")] });
  expect(data).toEqual({
    one: [{ username: "user-1" }, { username: "user-2" }],
    _entities: [{ __typename: "User", id: "3" }],
  });
});

test("who has no token gets nothing", async () => {
  expect(await ask("users", -1, "{ me { id } }")).toEqual({ errors: [{ message: "who asks?" }] });
});

test("the mixed operations are 200, no two alike", () => {
  expect(new Set(mixedOperations).size).toBe(200);
});
