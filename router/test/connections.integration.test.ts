import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RawConnection, requestText } from "../../test/support/raw-connection.ts";
import { routerOn } from "./support/router.ts";
import { scriptedSubgraph } from "./support/scripted-subgraph.ts";

let users: Awaited<ReturnType<typeof scriptedSubgraph>>;
let router: Awaited<ReturnType<typeof routerOn>>;
let answerAll = () => {};
const allArrived = Promise.withResolvers<void>();

const limit = 4;
const json = { "content-type": "application/json" };
const askMe = requestText("POST", "/graphql", json, JSON.stringify({ query: "{ me { id } }" }));
const askMeByAddress = requestText("GET", "/graphql?query={me{id}}", { "apollo-require-preflight": "1" });

beforeAll(async () => {
  users = await scriptedSubgraph(() => (response) => {
    const before = answerAll;
    answerAll = () => {
      before();
      response.setHeader("content-type", "application/json").end(JSON.stringify({ data: { me: null } }));
    };
    if (users.state.received.length === limit) allArrived.resolve();
  });
  router = await routerOn(await readFile(join(import.meta.dirname, "../supergraph.graphql"), "utf8"), {
    SUBGRAPH_URL_USERS: users.url,
    CONNECTION_LIMIT: String(limit),
    // The same question of all of them, and each its own call.
    SUBGRAPH_SHARE_IDENTICAL: "false",
  });
});
afterAll(async () => {
  await router?.[Symbol.asyncDispose]();
  await users?.[Symbol.asyncDispose]();
});

test("at the limit of connections nobody at work is cut off: one more is closed unheard", async () => {
  using open = new DisposableStack();
  const working: RawConnection[] = [];
  for (let count = 0; count < limit; count++) working.push(open.use(await RawConnection.open(router.url)));
  for (const [index, connection] of working.entries()) connection.write(index % 2 === 0 ? askMe : askMeByAddress);
  await allArrived.promise;

  const refused = open.use(await RawConnection.open(router.url));
  expect(await refused.closed).toBe("");

  answerAll();
  for (const connection of working) expect(await connection.received(/"me":null/)).toMatch(/^HTTP\/1\.1 200 /);
  const next = open.use(await RawConnection.open(router.url));
  next.write(requestText("GET", "/health/live"));
  expect(await next.received(/"ok"/)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await working[0]?.closed).toContain('"me":null'); // it had waited longest for a next request
});

test("a connection on which nothing moves for as long as no request takes is closed", async () => {
  const supergraph = await readFile(router.supergraphPath, "utf8");
  await using impatient = await routerOn(supergraph, {
    SUBGRAPH_URL_USERS: users.url,
    IDLE_TIMEOUT_MS: "400",
    SUBGRAPH_TIMEOUT_MS: "1000",
  });
  using connection = await RawConnection.open(impatient.url);
  connection.write(askMe);
  expect(await connection.closed).toBe("");
});
