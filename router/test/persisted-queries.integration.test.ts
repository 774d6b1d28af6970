import { afterAll, beforeAll, expect, test } from "vitest";
import {
  answerOf,
  codesOf,
  get,
  lonelyRouter,
  post,
  preflighted,
  sha256,
  trusted,
  typename,
} from "./support/persisted.ts";

let router: Awaited<ReturnType<typeof lonelyRouter>>;
beforeAll(async () => {
  router = await lonelyRouter();
});
afterAll(() => router?.[Symbol.asyncDispose]());

test("a hash that nobody has sent with its text is told to be unknown, and not to be cached", async () => {
  for (const send of [post, get]) {
    const answer = await send(router, { sha256Hash: sha256("{ a: __typename }") });
    expect(codesOf(answer)).toEqual([200, "PERSISTED_QUERY_NOT_FOUND"]);
    expect(answer.body.errors?.[0]?.message).toBe("PersistedQueryNotFound");
    expect(answer.headers.get("cache-control")).toContain("no-cache");
  }
});

test("a text that came with its hash is known by it from then on, by POST and by GET", async () => {
  const query = "query Registered { __typename }";
  const sha256Hash = sha256(query);
  expect((await post(router, { query, sha256Hash })).body).toEqual(typename);
  expect((await post(router, { sha256Hash })).body).toEqual(typename);
  expect((await post(router, { query, sha256Hash })).body).toEqual(typename);
  expect((await get(router, { sha256Hash })).body).toEqual(typename);
});

test("a text may be registered by GET, and the extensions of others stay", async () => {
  const query = "query RegisteredByGet($b: Boolean = true) { __typename @include(if: $b) }";
  const sha256Hash = sha256(query);
  expect((await get(router, { query, sha256Hash })).body).toEqual(typename);
  const extensions = { persistedQuery: { version: 1, sha256Hash }, clientLibrary: { name: "other" } };
  expect((await post(router, {}, { extensions, variables: { b: false } })).body).toEqual({ data: {} });
});

test("what is no valid operation is not kept", async () => {
  for (const query of ["{ nothing }", "{", "{ tasks(first: 2000000000) { nodes { id } } }"]) {
    const sha256Hash = sha256(query);
    expect((await post(router, { query, sha256Hash })).status).toBe(400);
    expect(codesOf(await post(router, { sha256Hash }))).toEqual([200, "PERSISTED_QUERY_NOT_FOUND"]);
  }
});

test("the hash of another text is refused, be that text known or not", async () => {
  const query = "query Other { __typename }";
  for (const sha256Hash of [
    sha256("{ b: __typename }"),
    (await trusted("Profile")).sha256Hash,
    "",
    sha256(` ${query}`),
  ])
    for (const send of [post, get])
      expect(codesOf(await send(router, { query, sha256Hash }))).toEqual([400, "BAD_USER_INPUT"]);
  expect(codesOf(await post(router, { sha256Hash: sha256(query) }))).toEqual([200, "PERSISTED_QUERY_NOT_FOUND"]);
  expect(router.logs.filter((line) => line.includes("internal error"))).toEqual([]);
});

test("another version of the protocol is refused", async () => {
  const query = "{ __typename }";
  expect(codesOf(await post(router, { query, sha256Hash: sha256(query), version: 2 }))).toEqual([
    400,
    "BAD_USER_INPUT",
  ]);
});

test("a hash in place of the text changes nothing of what another origin's page and a GET may do", async () => {
  const { sha256Hash } = await trusted("EmptyTrash");
  expect(codesOf(await get(router, { sha256Hash }))).toEqual([405, "BAD_REQUEST"]);
  for (const hashSent of [(await trusted("Profile")).sha256Hash, sha256("{ c: __typename }")])
    expect(codesOf(await get(router, { sha256Hash: hashSent }, {}))).toEqual([400, "BAD_REQUEST"]);
});

test("what is sent in the place of a hash, a text or the extensions may be anything", async () => {
  const bodies = [
    { extensions: { persistedQuery: true } },
    { extensions: { persistedQuery: { version: 1 } } },
    { extensions: { persistedQuery: { version: 1, sha256Hash: ["a"] } } },
    { extensions: { persistedQuery: { version: 1, sha256Hash: "__proto__" } } },
    { extensions: "persistedQuery" },
    { extensions: [] },
    { query: { kind: "Document" }, extensions: { persistedQuery: { version: 1, sha256Hash: "a" } } },
  ];
  for (const body of bodies) {
    const [status, ...codes] = codesOf(await post(router, {}, body));
    expect([200, 400], JSON.stringify(body)).toContain(status);
    expect(["PERSISTED_QUERY_NOT_FOUND", "BAD_USER_INPUT", "BAD_REQUEST"]).toContain(codes[0]);
  }
  const broken = await answerOf(fetch(`${router.url}/graphql?extensions={`, { headers: preflighted }));
  expect(codesOf(broken)).toEqual([400, "BAD_REQUEST"]);
});
