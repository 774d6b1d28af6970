import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  answerOf,
  codesOf,
  get,
  lonelyRouter,
  manifestPath,
  type Operation,
  post,
  preflighted,
  sha256,
  trusted,
  typename,
} from "./support/persisted.ts";
import { spawnRouter } from "./support/router-process.ts";

let router: Awaited<ReturnType<typeof lonelyRouter>>;
let strict: Awaited<ReturnType<typeof lonelyRouter>>;
beforeAll(async () => {
  [router, strict] = await Promise.all([lonelyRouter(), lonelyRouter({ TRUSTED_DOCUMENTS_ONLY: "true" })]);
});
afterAll(async () => {
  await router?.[Symbol.asyncDispose]();
  await strict?.[Symbol.asyncDispose]();
});

test("the hashes of trusted documents are known from the start", async () => {
  const { sha256Hash } = await trusted("Profile");
  expect(codesOf(await post(router, { sha256Hash }))).toEqual([200, "SUBGRAPH_UNAVAILABLE"]);
  expect(codesOf(await get(router, { sha256Hash }))).toEqual([200, "SUBGRAPH_UNAVAILABLE"]);
});

test("where nothing else is executed trusted documents are, by hash, by text and by both", async () => {
  const { query, sha256Hash } = await trusted("Profile");
  for (const operation of [{ query }, { sha256Hash }, { query, sha256Hash }])
    for (const send of [post, get])
      expect(codesOf(await send(strict, operation))).toEqual([200, "SUBGRAPH_UNAVAILABLE"]);
  const mutation = await trusted("EmptyTrash");
  expect(codesOf(await get(strict, { sha256Hash: mutation.sha256Hash }))).toEqual([405, "BAD_REQUEST"]);
});

test("where nothing else is executed all else is FORBIDDEN, and does not become known", async () => {
  const { query: known, sha256Hash: knownHash } = await trusted("Profile");
  const query = "{ __typename }";
  const refused: Operation[] = [
    { query },
    { query: "" },
    { query: "{ __schema { types { name } } }" },
    { query: `${known} ` },
    { query, sha256Hash: sha256(query) },
    { query, sha256Hash: sha256(query), version: 2 },
    { query, sha256Hash: knownHash },
    { sha256Hash: sha256(query) },
  ];
  for (const operation of [...refused, ...refused])
    for (const send of [post, get])
      expect(codesOf(await send(strict, operation)), JSON.stringify(operation)).toEqual([403, "FORBIDDEN"]);
});

test("where nothing else is executed no second text slips by", async () => {
  const { query } = await trusted("Profile");
  const other = "{ __typename }";
  const search = (texts: readonly string[]) => texts.map((text) => `query=${encodeURIComponent(text)}`).join("&");
  for (const texts of [
    [query, other],
    [other, query],
  ]) {
    const { body, status } = await answerOf(fetch(`${strict.url}/graphql?${search(texts)}`, { headers: preflighted }));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.data).toBeUndefined();
  }
  for (const body of [[{ query: other }], { query: [other] }, { query: { toString: other } }])
    expect((await post(strict, {}, body)).status).toBe(400);
});

test("where nothing else is executed the REST doorway is open as ever", async () => {
  const body = JSON.stringify({ username: "ana", password: "una frase larga" });
  const login = { method: "POST", headers: { "content-type": "application/json" }, body };
  const { code } = (await (await fetch(`${strict.url}/login`, login)).json()) as { code: string };
  expect(code).toBe("SUBGRAPH_UNAVAILABLE");
});

test("several manifests may be given, as while the app of an earlier version is still open", async () => {
  const earlier = join(router.supergraphPath, "../earlier.json");
  const query = "query Earlier { __typename }";
  const operations = [{ id: sha256(query), name: "Earlier", type: "query", body: query }];
  await writeFile(earlier, JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations }));
  const TRUSTED_DOCUMENTS = `${manifestPath}, ${earlier}`;
  await using both = await lonelyRouter({ TRUSTED_DOCUMENTS, TRUSTED_DOCUMENTS_ONLY: "true" });
  expect((await post(both, { query })).body).toEqual(typename);
  expect(codesOf(await post(both, await trusted("Profile")))).toEqual([200, "SUBGRAPH_UNAVAILABLE"]);
});

test.each<[string, unknown]>([
  ["is not there", undefined],
  ["is no JSON", "{"],
  ["is no manifest", { operations: [] }],
  ["is of another version", { format: "apollo-persisted-query-manifest", version: 2, operations: [] }],
  [
    "has an id that is not the hash",
    {
      format: "apollo-persisted-query-manifest",
      version: 1,
      operations: [{ id: sha256("{ a }"), name: "A", type: "query", body: "{ b }" }],
    },
  ],
])("a manifest that %s ends the start with one line", async (name, content) => {
  const path = join(router.supergraphPath, `../${name.replaceAll(" ", "-")}.json`);
  if (content !== undefined) await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  const start = spawnRouter({ PORT: "0", METRICS_PORT: "0", TRUSTED_DOCUMENTS: path });
  await expect(start).rejects.toThrow(
    /^the router exited with 1: TRUSTED_DOCUMENTS: [^\n]* is not a usable manifest: [^\n]+$/,
  );
});
