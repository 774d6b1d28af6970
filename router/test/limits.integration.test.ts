import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { query, routerOn } from "./support/router.ts";

let router: Awaited<ReturnType<typeof routerOn>>;
const supergraph = () => readFile(join(import.meta.dirname, "../supergraph.graphql"), "utf8");
const down = { SUBGRAPH_URL_USERS: "http://127.0.0.1:9/graphql", SUBGRAPH_URL_TASKS: "http://127.0.0.1:9/graphql" };

beforeAll(async () => {
  router = await routerOn(await supergraph(), down);
});
afterAll(() => router?.[Symbol.asyncDispose]());

const repeat = (times: number, part: (index: number) => string) =>
  Array.from({ length: times }, (_, i) => part(i)).join(" ");

/** `list { tasks { nodes { … } } }` inside of `task`, so deep that the innermost field is at `depth`. */
function nested(depth: number): string {
  const names = [
    "task(id: 1)",
    ...Array.from({ length: depth - 2 }, (_, i) => ["list", "tasks(first: 1)", "nodes"][i % 3]),
  ];
  return `{ ${names.join(" { ")} { __typename ${"} ".repeat(names.length)} }`;
}

const bomb = `{ ...F0 } fragment F20 on Query { me { id } } ${repeat(20, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)}`;

describe("over a limit, an operation is QUERY_TOO_COMPLEX with status 400", () => {
  test.each<[string, string, object?]>([
    ["depth", nested(13)],
    [
      "depth in fragments",
      `{ ...A } fragment A on Query { task(id: 1) { ...B } } fragment B on Task { list { tasks { nodes { list { tasks { nodes { list { tasks { nodes { list { owner { id } } } } } } } } } } } }`,
    ],
    ["aliases", `{ me { ${repeat(31, (i) => `a${i}: id`)} } }`],
    ["directives", `{ me { id ${repeat(51, () => "@include(if: true)")} } }`],
    ["tokens", `{ me { ${repeat(2_001, () => "id")} } }`],
    ["root fields", `{ ${repeat(21, (i) => `a${i}: me { id }`)} }`],
    [
      "root fields in fragments",
      `{ ...A ...B } fragment A on Query { ${repeat(15, (i) => `a${i}: me { id }`)} } fragment B on Query { ${repeat(15, (i) => `b${i}: me { id }`)} }`,
    ],
    [
      "cost by literals",
      `{ taskLists { tasks(first: 100) { nodes { list { tasks(first: 100) { nodes { id } } } } } } }`,
    ],
    [
      "cost by variables",
      `query ($n: Int) { tasks(first: $n) { nodes { list { tasks(first: $n) { nodes { list { id } } } } } } }`,
      { n: 100 },
    ],
    [
      "cost by defaults of variables",
      `query ($n: Int = 100) { tasks(last: $n) { nodes { list { tasks(last: $n) { nodes { list { id } } } } } } }`,
    ],
    ["a page size beyond reason", `{ tasks(first: 2000000000) { nodes { id } } }`],
    ["fragments that spread fragments", bomb],
  ])("%s", async (_, operation, variables = {}) => {
    const { status, body } = await router.query(operation, { variables });
    expect(body.errors?.map(({ extensions }) => extensions)).toContainEqual({ code: "QUERY_TOO_COMPLEX" });
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
  });
});

describe("within the limits an operation is answered", () => {
  test.each<[string, string]>([
    ["at the depth limit", nested(12)],
    ["30 aliases", `{ me { ${repeat(30, (i) => `a${i}: id`)} } }`],
    ["20 root fields", `{ ${repeat(20, (i) => `a${i}: me { id }`)} }`],
    [
      "the largest page with owners and lists",
      `{ tasks(first: 100) { edges { node { owner { username } list { name } } } } }`,
    ],
    ["the sidebar", `{ taskLists { name counts { open } tasks(first: 100) { nodes { title owner { username } } } } }`],
  ])("%s", async (_, operation) => {
    const { status, body } = await router.query(operation);
    expect(status).toBe(200);
    for (const { extensions } of body.errors ?? []) expect(extensions.code).toBe("SUBGRAPH_UNAVAILABLE");
  });
});

test("introspection passes", async () => {
  const { body } = await router.query<{ __schema: object }>(getIntrospectionQuery({ inputValueDeprecation: true }));
  expect(body.errors).toBeUndefined();
  expect(body.data?.__schema).toBeDefined();
});

test("the limits are settings", async () => {
  await using strict = await routerOn(await supergraph(), { ...down, LIMIT_DEPTH: "2", LIMIT_COST: "10" });
  expect((await query(strict.url, "{ me { id } }")).status).toBe(200);
  expect((await query(strict.url, "{ task(id: 1) { list { id } } }")).status).toBe(400);
});
