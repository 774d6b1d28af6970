import { afterAll, beforeAll, expect, test } from "vitest";
import { routerOn } from "./support/router.ts";
import { scriptedSubgraph } from "./support/scripted-subgraph.ts";

let accounts: Awaited<ReturnType<typeof scriptedSubgraph>>;
let books: Awaited<ReturnType<typeof scriptedSubgraph>>;
let router: Awaited<ReturnType<typeof routerOn>>;

const limited = (field: string, retryAfterSeconds: number) => ({
  message: "Too many tries.",
  path: [field],
  extensions: { code: "RATE_LIMITED", retryAfterSeconds },
});

beforeAll(async () => {
  accounts = await scriptedSubgraph(() => ({
    data: { signIn: null, recover: null },
    errors: [limited("signIn", 7), limited("recover", 30)],
  }));
  books = await scriptedSubgraph(() => ({ data: { title: "Release It!" } }));
  router = await routerOn([
    { name: "accounts", url: accounts.url, sdl: "type Query { signIn: String  recover: String }" },
    { name: "books", url: books.url, sdl: "type Query { title: String }" },
  ]);
});
afterAll(async () => {
  await router?.[Symbol.asyncDispose]();
  for (const subgraph of [accounts, books]) await subgraph[Symbol.asyncDispose]();
});

test("an answer that holds a RATE_LIMITED says when to come back, in its header too, and keeps its status", async () => {
  const { status, headers, body } = await router.query("{ signIn recover title }");
  expect(status).toBe(200);
  expect(headers.get("retry-after")).toBe("30");
  expect(body.data).toEqual({ signIn: null, recover: null, title: "Release It!" });
  expect(body.errors?.map(({ extensions }) => extensions)).toEqual([
    { code: "RATE_LIMITED", retryAfterSeconds: 7 },
    { code: "RATE_LIMITED", retryAfterSeconds: 30 },
  ]);
});

test("an answer without one says nothing of the kind", async () => {
  const { headers } = await router.query("{ title }");
  expect(headers.get("retry-after")).toBeNull();
});
