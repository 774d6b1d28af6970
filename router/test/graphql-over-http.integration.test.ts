import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { auditServer } from "graphql-http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routerOn } from "./support/router.ts";
import { spawnSubgraph } from "./support/subgraph-process.ts";

let router: Awaited<ReturnType<typeof routerOn>>;
let plain: Awaited<ReturnType<typeof spawnSubgraph>>;

beforeAll(async () => {
  plain = await spawnSubgraph("type Query { hello: String }", { hello: "world" });
  router = await routerOn(await readFile(join(import.meta.dirname, "../supergraph.graphql"), "utf8"));
});
afterAll(async () => {
  await router?.[Symbol.asyncDispose]();
  await plain?.stop();
});

async function audit(url: string) {
  const results = await auditServer({ url });
  const named = (status: string) => results.filter((result) => result.status === status).map(({ name }) => name);
  return { total: results.length, errors: named("error"), warnings: named("warn") };
}

test("the audits of GraphQL over HTTP find no errors, and no warnings that Apollo Server itself has not", async () => {
  const ours = await audit(`${router.url}/graphql`);
  const apollos = await audit(plain.url);
  expect(ours.total).toBeGreaterThan(40);
  expect(ours.errors).toEqual([]);
  expect(ours.warnings.filter((name) => !apollos.warnings.includes(name))).toEqual([]);
});

interface Case {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly path?: string;
  readonly status: number;
  readonly code: string;
}
const json = { "content-type": "application/json" };

describe("a request that is none is a coded error in the shape of GraphQL", () => {
  test.each<[string, Case]>([
    ["malformed JSON", { headers: json, body: `{"query"`, status: 400, code: "BAD_REQUEST" }],
    ["an empty body", { headers: json, body: "", status: 400, code: "BAD_REQUEST" }],
    [
      "another content type",
      { headers: { "content-type": "text/plain" }, body: "{}", status: 415, code: "BAD_REQUEST" },
    ],
    [
      "a form",
      {
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "query={me{id}}",
        status: 415,
        code: "BAD_REQUEST",
      },
    ],
    [
      "invalid UTF-8",
      {
        headers: json,
        body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
        status: 400,
        code: "BAD_REQUEST",
      },
    ],
    [
      "a body over the limit",
      { headers: json, body: JSON.stringify({ query: " ".repeat(1_100_000) }), status: 413, code: "QUERY_TOO_COMPLEX" },
    ],
    ["a batch", { headers: json, body: `[{"query":"{__typename}"}]`, status: 400, code: "QUERY_TOO_COMPLEX" }],
    [
      "a mutation by GET",
      {
        method: "GET",
        path: "?query=mutation{emptyTrash{remaining}}",
        headers: { "apollo-require-preflight": "1" },
        status: 405,
        code: "BAD_REQUEST",
      },
    ],
    [
      "a GET that a foreign page could send",
      { method: "GET", path: "?query={__typename}", status: 400, code: "BAD_REQUEST" },
    ],
    ["another method", { method: "PUT", headers: json, body: "{}", status: 405, code: "BAD_REQUEST" }],
    ["no operation", { headers: json, body: `{"query":""}`, status: 400, code: "BAD_REQUEST" }],
    [
      "an operation that is not there",
      {
        headers: json,
        body: `{"query":"query A{__typename}","operationName":"B"}`,
        status: 400,
        code: "OPERATION_RESOLUTION_FAILURE",
      },
    ],
    [
      "one of two operations, but not which",
      {
        headers: json,
        body: `{"query":"query A{__typename} query B{__typename}"}`,
        status: 400,
        code: "OPERATION_RESOLUTION_FAILURE",
      },
    ],
    ["a syntax error", { headers: json, body: `{"query":"{"}`, status: 400, code: "GRAPHQL_PARSE_FAILED" }],
    [
      "an unknown field",
      { headers: json, body: `{"query":"{nothing}"}`, status: 400, code: "GRAPHQL_VALIDATION_FAILED" },
    ],
    [
      "a variable of another type",
      {
        headers: json,
        body: `{"query":"query($id:ID!){task(id:$id){id}}","variables":{"id":{}}}`,
        status: 400,
        code: "BAD_USER_INPUT",
      },
    ],
    [
      "a __proto__ in the body",
      { headers: json, body: `{"__proto__":{"query":"{__typename}"}}`, status: 400, code: "BAD_REQUEST" },
    ],
  ])("%s", async (_, { method = "POST", headers, body, path = "", status, code }) => {
    const response = await fetch(`${router.url}/graphql${path}`, {
      method,
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
    });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toMatch(/^application\/(graphql-response\+)?json/);
    expect(await response.json()).toEqual({ errors: [expect.objectContaining({ extensions: { code } })] });
  });
});

test("a GET with a preflight header is answered", async () => {
  const headers = { "apollo-require-preflight": "1" };
  const response = await fetch(`${router.url}/graphql?query={__typename}`, { headers });
  expect(await response.json()).toEqual({ data: { __typename: "Query" } });
});
