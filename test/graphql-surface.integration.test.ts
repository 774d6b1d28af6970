import { serviceNames } from "@tareas/local-stack/services";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { send } from "./support/person.ts";

let open: Stack;
let closed: Stack;

// The start page stands where no web app is built.
const withoutApp = { CLIENT_PATH: import.meta.dirname };

beforeAll(async () => {
  const shut = { INTROSPECTION: "false" };
  [open, closed] = await Promise.all([
    startStack({ env: { router: withoutApp } }),
    startStack({ env: { router: { ...shut, ...withoutApp }, users: shut, tasks: shut } }),
  ]);
});
afterAll(() => Promise.all([open?.[Symbol.asyncDispose](), closed?.[Symbol.asyncDispose]()]));

const codesOf = (errors: readonly { extensions: Record<string, unknown> }[]) =>
  errors.map(({ extensions }) => extensions.code);

/** `F0` spreads or selects by `F1`, and so on; the last one asks for next to nothing. */
const fragments = (count: number, type: string, body: (next: string) => string) =>
  Array.from({ length: count }, (_, i) => `fragment F${i} on ${type} { ${body(`...F${i + 1}`)} }`).join(" ") +
  ` fragment F${count} on ${type} { __typename }`;
const nested = (text: string, times: number) => `${text.repeat(times)} __typename ${"}".repeat(times)}`;

const tooComplex: [string, string][] = [
  ["fragments that each spread the next one twice", `{ ...F0 } ${fragments(30, "Query", (next) => `${next} ${next}`)}`],
  ["the same, that nothing uses", `{ __typename } ${fragments(30, "Query", (next) => `${next} ${next}`)}`],
  [
    "fragments that each select twice by the next one",
    `{ __schema { types { ...F0 } } } ${fragments(30, "__Type", (next) => `ofType { ${next} } again: ofType { ${next} }`)}`,
  ],
  [
    "fragments that merge with themselves",
    `{ __schema { types { ...F0 } } } ${fragments(30, "__Type", (next) => `ofType { ${next} } ofType { ${next} }`)}`,
  ],
  [
    "a circle of fragments through a field",
    "{ __schema { types { ...A } } } fragment A on __Type { ofType { ...B } } fragment B on __Type { ofType { ...A } }",
  ],
  [
    "thirty fragments that spread each other",
    `{ ...F0 } ${Array.from({ length: 30 }, (_, i) => `fragment F${i} on Query { ${Array.from({ length: 30 }, (_, j) => `...F${j}`).join(" ")} }`).join(" ")}`,
  ],
  ["one field a thousand times", `{ ${"__typename ".repeat(1_500)} }`],
  ["fields a thousand deep", `{ ${nested("a { ", 900)} }`],
  ["inline fragments a thousand deep", `{ ${nested("... { ", 600)} }`],
  ["introspection a thousand deep", `{ __schema { ${nested("a { ", 900)} } }`],
  ["brackets without an end", `{ a(a: ${"[".repeat(50_000)}`],
];

const misspelt = { users: "{ mee { id } }", tasks: "{ taskk { id } }", router: "{ taskk { id } }" };

describe.each(serviceNames)("the %s server", (name) => {
  test.each(tooComplex)("refuses %s at once", async (_, operation) => {
    const startedAt = performance.now();
    const { status, data, errors } = await send(open[name].url, operation);
    expect({ status, data, codes: [...new Set(codesOf(errors))] }).toEqual({
      status: 400,
      data: undefined,
      codes: ["QUERY_TOO_COMPLEX"],
    });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test("refuses a circle of fragments as what it is", async () => {
    const operation = "{ ...A } fragment A on Query { ...B ...B } fragment B on Query { ...A ...A }";
    const { status, errors } = await send(open[name].url, operation);
    expect(status).toBe(400);
    expect(new Set(codesOf(errors))).toEqual(new Set(["GRAPHQL_VALIDATION_FAILED"]));
    expect(errors[0]?.message).toContain("within itself");
  });

  test("takes no list of operations", async () => {
    const body = JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }]);
    const headers = { "content-type": "application/json", "apollo-require-preflight": "1" };
    const response = await fetch(`${open[name].url}/graphql`, { method: "POST", headers, body });
    expect(response.status).toBe(400);
    const message = "A request holds one operation, not a list of them.";
    expect(await response.json()).toEqual({ errors: [{ message, extensions: { code: "QUERY_TOO_COMPLEX" } }] });
  });

  const query = JSON.stringify({ query: "{ __typename }" });
  const form = new FormData();
  form.set("operations", query);
  test.each<[string, RequestInit & { path?: string }]>([
    ["plain text", { method: "POST", body: query, headers: { "content-type": "text/plain" } }],
    [
      "plain text that names JSON",
      { method: "POST", body: query, headers: { "content-type": "text/plain; application/json" } },
    ],
    ["a form", { method: "POST", body: new URLSearchParams({ query: "{ __typename }" }) }],
    ["a form with files", { method: "POST", body: form }],
    ["a body of no type", { method: "POST", body: Buffer.from(query) }],
    ["an address", { path: "?query={__typename}" }],
  ])("runs nothing that a foreign page can send unasked: %s", async (_, { path = "", ...request }) => {
    const response = await fetch(`${open[name].url}/graphql${path}`, request);
    expect([400, 415]).toContain(response.status);
    expect(await response.json()).not.toHaveProperty("data");
  });

  describe("shows its schema to", () => {
    test("whoever asks, when it may", async () => {
      const schema = await send<{ __schema: object }>(open[name].url, "{ __schema { queryType { name } } }");
      expect(schema.data.__schema).toEqual({ queryType: { name: "Query" } });
      expect((await send(open[name].url, misspelt[name])).errors[0]?.message).toContain("Did you mean");
    });

    test("nobody, when it may not", async () => {
      const schema = await send(closed[name].url, "{ __schema { queryType { name } } }");
      expect(schema.data).toBeUndefined();
      expect(codesOf(schema.errors)).toContain("GRAPHQL_VALIDATION_FAILED");
      expect((await send(closed[name].url, "{ __typename }")).data).toEqual({ __typename: "Query" });
    });

    test("nobody by its suggestions, when it may not", async () => {
      const { errors } = await send(closed[name].url, misspelt[name]);
      expect(errors[0]?.message).toMatch(/^Cannot query field "\w+" on type "Query"\.$/);
    });
  });

  test("has browsers protect what it answers, errors too", async () => {
    for (const path of ["/health/live", "/nowhere", "/graphql"]) {
      const { headers } = await fetch(open[name].url + path);
      expect(Object.fromEntries(headers)).toMatchObject({
        "content-security-policy":
          "default-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none';object-src 'none'",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
      expect(headers.has("strict-transport-security")).toBe(false);
      expect(headers.has("x-powered-by")).toBe(false);
    }
  });
});

describe("the tasks server, called past the router, counts what it could return:", () => {
  test.each<[string, string, object?]>([
    [
      "by the sizes of its pages",
      "{ tasks(first: 100) { nodes { list { tasks(first: 100) { nodes { list { tasks(first: 100) { nodes { id } } } } } } } } }",
    ],
    [
      "by how many entities are asked for",
      "query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { tasks(first: 100) { nodes { id } } } } }",
      { of: Array.from({ length: 1_100 }, (_, id) => ({ __typename: "User", id: String(id) })) },
    ],
  ])("%s", async (_, operation, variables = {}) => {
    const { status, errors } = await send(open.tasks.url, operation, variables);
    expect(status).toBe(400);
    expect(codesOf(errors)).toEqual(["QUERY_TOO_COMPLEX"]);
  });
});

test.each(["tasks", "router"] as const)("the %s server suggests no value of a variable either", async (name) => {
  const operation = "query ($of: [TaskPriority!]) { tasks(filter: { priority: $of }) { nodes { id } } }";
  const messageAt = async ({ [name]: { url } }: Stack) =>
    (await send(url, operation, { of: ["HIGHH"] })).errors[0]?.message;
  expect(await messageAt(open)).toContain('Did you mean the enum value "HIGH"');
  expect(await messageAt(closed)).toMatch(/does not exist in "TaskPriority" enum\.$/);
});

test("GraphiQL is there when the schema may be read, and the start page leads to it", async () => {
  const statusAt = async (stack: Stack, path: string) => (await fetch(stack.router.url + path)).status;
  const startPage = async (stack: Stack) => (await fetch(stack.router.url)).text();
  expect([await statusAt(open, "/graphiql"), await statusAt(closed, "/graphiql")]).toEqual([200, 404]);
  expect(await startPage(open)).toContain('href="/graphiql"');
  expect(await startPage(closed)).not.toContain("/graphiql");
});
