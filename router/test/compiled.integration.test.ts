import { hash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { callsTo, disposeAll, use } from "./support/counts-router.ts";
import { fail, friendsRouter } from "./support/friends-router.ts";
import { metricsUrlOf, routerOn } from "./support/router.ts";
import { scriptedSubgraph } from "./support/scripted-subgraph.ts";

afterEach(disposeAll);

type Router = Awaited<ReturnType<typeof routerOn>>;

const friends =
  "query Friends($full: Boolean = true) { feed { title @include(if: $full) owner { username displayName } } }";

/** How many operations were executed in each way so far. */
async function ways(router: Router) {
  const text = await (await fetch(`${metricsUrlOf(router)}/metrics`)).text();
  const found = [...text.matchAll(/^tareas_router_operations_total\{way="(\w+)"\} (\d+)$/gm)];
  return Object.fromEntries(found.flatMap(([, way, count]) => (count === "0" ? [] : [[way, Number(count)]])));
}

async function textOf(router: Router, body: object) {
  const response = await fetch(`${router.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { headers: Object.fromEntries(response.headers), text: await response.text() };
}

const withoutIds = ({
  headers: { "x-request-id": _, date: __, ...headers },
  text,
}: Awaited<ReturnType<typeof textOf>>) => ({
  headers,
  text,
});

test("what the gateway has executed once is compiled, and answered in the same bytes and headers", async () => {
  const { router } = await friendsRouter();
  const first = await textOf(router, { query: friends, variables: { full: true } });
  const second = await textOf(router, { query: friends });
  expect(withoutIds(second)).toEqual(withoutIds(first));
  expect(await ways(router)).toEqual({ gateway: 1, compiled: 1 });
});

test("an operation that comes by its hash, or with extensions that ask for nothing, is compiled too", async () => {
  const { router } = await friendsRouter();
  const sha256Hash = hash("sha256", friends);
  const clientLibrary = { name: "@apollo/client", version: "4.3.8" };
  const persistedQuery = { version: 1, sha256Hash };
  const first = await textOf(router, { query: friends, extensions: { persistedQuery } });
  for (const body of [
    { extensions: { persistedQuery } },
    { query: friends, extensions: { clientLibrary, persistedQuery } },
    { query: friends, extensions: { clientLibrary } },
  ])
    expect((await textOf(router, body)).text).toBe(first.text);
  expect(await ways(router)).toEqual({ gateway: 1, compiled: 3 });
});

test("what is asked of equal entities is asked once, in both ways", async () => {
  const { router, users } = await friendsRouter();
  for (const _ of [1, 2]) await router.query(friends);
  const ids = users.state.received.map(({ variables }) => variables.representations?.map(({ id }) => id));
  expect(ids).toEqual([
    ["1", "2"],
    ["1", "2"],
  ]);
});

test("an answer with errors is the gateway's, and no subgraph is asked again for it", async () => {
  const { router, users } = await friendsRouter({ STALE_MAX_AGE_SECONDS: "0" });
  await router.query(friends);
  const asked = users.state.received.length;
  await fail.database(users);
  const { body } = await router.query(friends);
  expect(body.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(
    [0, 2, 1].map((index) => [["feed", index, "owner"], "SUBGRAPH_UNAVAILABLE"]),
  );
  expect(users.state.received.length - asked).toBe(1);
  expect(await ways(router)).toEqual({ gateway: 1, departed_errors: 1 });
});

test("a mutation whose answer is not of its type is sent once", async () => {
  const sdl = "type Query { nothing: String } type Mutation { add(by: Int): Sum } type Sum { total: Int! }";
  const counts = use(await scriptedSubgraph(() => ({ data: { add: { total: 1 } } })));
  const router = use(await routerOn([{ name: "counts", url: counts.url, sdl }]));
  const add = "mutation ($by: Int) { add(by: $by) { total } }";
  await router.query(add);
  counts.state.answer = () => ({ data: { add: { total: "many" } } });
  expect((await router.query(add, { variables: { by: 2 } })).body).toEqual({ data: { add: null } });
  expect(callsTo(counts)).toHaveLength(2);
  expect(await ways(router)).toEqual({ gateway: 1, departed_shape: 1 });
});

test("variables that are not of their type are refused in words, whether or not the operation is known", async () => {
  const { router } = await friendsRouter();
  const wrong = { variables: { full: "yes" } };
  const before = await router.query(friends, wrong);
  await router.query(friends);
  const after = await router.query(friends, wrong);
  expect(after.body).toEqual(before.body);
  expect(after.status).toBe(before.status);
});

test("an operation that is known is planned anew for a new supergraph", async () => {
  const { router } = await friendsRouter();
  await router.query(friends);
  const supergraph = await readFile(router.supergraphPath, "utf8");
  await writeFile(router.supergraphPath, supergraph.replaceAll("displayName: String!", "shownName: String!"));
  await expect.poll(async () => (await router.query(friends)).status).toBe(400);
});

test("mutations go on when their client goes between two of them", async () => {
  const things = use(await scriptedSubgraph(() => ({ data: { add: { __typename: "Thing", id: "1" } } })));
  const held = { isOn: false, count: 0 };
  const names = use(
    await scriptedSubgraph(({ variables }) => {
      if (!variables.representations) return { data: { note: 1 } };
      if (held.isOn) held.count += 1;
      return held.isOn ? () => {} : { data: { _entities: [{ name: "one" }] } };
    }),
  );
  const thing = 'type Thing @key(fields: "id")';
  const router = use(
    await routerOn([
      {
        name: "things",
        url: things.url,
        sdl: `type Query { any: Int } type Mutation { add: Thing } ${thing} { id: ID! }`,
      },
      { name: "names", url: names.url, sdl: `type Mutation { note: Int } ${thing} { id: ID! name: String }` },
    ]),
  );
  const query = "mutation { add { name } note }";
  const notes = () => callsTo(names).filter((call) => call.query.includes("note")).length;
  for (const _ of [1, 2]) await textOf(router, { query });
  expect(await ways(router)).toEqual({ gateway: 1, compiled: 1 });
  expect(notes()).toBe(2);

  held.isOn = true;
  const client = new AbortController();
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ query });
  const sent = fetch(`${router.url}/graphql`, { method: "POST", headers, body, signal: client.signal });
  await expect.poll(() => held.count, { timeout: 10_000 }).toBe(1);
  client.abort();
  await expect(sent).rejects.toThrow();
  await expect.poll(notes, { timeout: 10_000 }).toBe(3);
});
