import { rename, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compose, routerOn } from "./support/router.ts";
import { spawnRouter } from "./support/router-process.ts";
import { scriptedSubgraph } from "./support/scripted-subgraph.ts";
import { spawnSubgraph } from "./support/subgraph-process.ts";

const productsSdl = `type Query { products: [Product!]! } type Product @key(fields: "upc") { upc: ID!  name: String! }`;
const reviewsSdl = `type Product @key(fields: "upc") { upc: ID!  reviews: [Review!]! } type Review { stars: Int! }`;

let products: Awaited<ReturnType<typeof spawnSubgraph>>;
let reviews: Awaited<ReturnType<typeof spawnSubgraph>>;
let supergraph: string;
let withReviews: string;

beforeAll(async () => {
  products = await spawnSubgraph(productsSdl, { products: [{ upc: "1", name: "Lamp" }] });
  reviews = await spawnSubgraph(reviewsSdl, { Product: { reviews: [{ stars: 4 }] } });
  const first = { name: "products", url: products.url, sdl: productsSdl };
  supergraph = compose([first]);
  withReviews = compose([first, { name: "reviews-v2", url: reviews.url, sdl: reviewsSdl }]);
});
afterAll(async () => {
  await products?.stop();
  await reviews?.stop();
});

const names = "{ products { name } }";
const stars = "{ products { name reviews { stars } } }";

test("any Federation 2 supergraph is served, without a token", async () => {
  await using router = await routerOn(withReviews);
  const { body } = await router.query(stars);
  expect(body).toEqual({ data: { products: [{ name: "Lamp", reviews: [{ stars: 4 }] }] } });
});

test("SUBGRAPH_URL_<NAME> wins over the URL in the supergraph", async () => {
  const elsewhere = withReviews.replace(reviews.url, "http://127.0.0.1:9/graphql");
  await using router = await routerOn(elsewhere, { SUBGRAPH_URL_REVIEWS_V2: reviews.url });
  expect((await router.query(stars)).body.errors).toBeUndefined();
});

test("a subgraph without a usable URL is out of reach, and the others are served", async () => {
  await using router = await routerOn(withReviews.replace(reviews.url, "reviews"));
  expect((await router.query(names)).body.errors).toBeUndefined();
  expect((await router.query(stars)).body.errors?.[0]?.extensions).toEqual({
    code: "SUBGRAPH_UNAVAILABLE",
    subgraph: "reviews-v2",
  });
});

describe("when the supergraph's file changes", () => {
  test.each<[string, (path: string, content: string) => Promise<void>]>([
    ["written in place", (path, content) => writeFile(path, content)],
    [
      "replaced by a rename",
      async (path, content) => {
        await writeFile(`${path}.new`, content);
        await rename(`${path}.new`, path);
      },
    ],
  ])("the router serves the new one (%s), and the old one again", async (_, replace) => {
    await using router = await routerOn(supergraph);
    expect((await router.query(stars)).status).toBe(400);
    await replace(router.supergraphPath, withReviews);
    await expect.poll(async () => (await router.query(stars)).status, { timeout: 10_000 }).toBe(200);
    expect((await router.query(stars)).body).toEqual({
      data: { products: [{ name: "Lamp", reviews: [{ stars: 4 }] }] },
    });
    await replace(router.supergraphPath, supergraph);
    await expect.poll(async () => (await router.query(stars)).status, { timeout: 10_000 }).toBe(400);
  });

  test.each([
    ["text that is no SDL", "this is no supergraph {"],
    ["a schema that is no supergraph", "type Query { hello: String }"],
    ["nothing", ""],
  ])("to %s, the router keeps the one it has and says so in one line", async (_, broken) => {
    await using router = await routerOn(withReviews);
    await writeFile(router.supergraphPath, broken);
    const complaints = () => router.logs.filter((line) => line.includes("the router keeps the one it has"));
    await expect.poll(complaints, { timeout: 10_000 }).toHaveLength(1);
    expect((await router.query(stars)).status).toBe(200);
    await writeFile(router.supergraphPath, supergraph);
    await expect.poll(async () => (await router.query(stars)).status, { timeout: 10_000 }).toBe(400);
    expect((await router.query(names)).status).toBe(200);
    expect(complaints()).toHaveLength(1);
  });
});

describe("a start with a bad setting ends with one line that names it", () => {
  test.each([
    ["SUPERGRAPH_PATH", "/nowhere/supergraph.graphql"],
    ["SUPERGRAPH_PATH", import.meta.filename],
    ["SUBGRAPH_URL_USERS", "users:4001"],
    ["SUBGRAPH_TIMEOUT_MS_USERS", "soon"],
    ["REQUEST_TIMEOUT_MS", "0"],
    ["LIMIT_DEPTH", "-1"],
  ])("%s=%s", async (name, value) => {
    const start = spawnRouter({ PORT: "0", [name]: value });
    await expect(start).rejects.toThrow(new RegExp(`^the router exited with 1: ${name}[^\\n]*$`));
  });
});

test("SIGTERM lets a request in flight end, and exits with 0", async () => {
  const { promise, resolve: finish } = Promise.withResolvers<void>();
  await using slow = await scriptedSubgraph(() => (response) => {
    void promise.then(() => response.end('{"data":{"products":[{"name":"Lamp"}]}}'));
  });
  await using router = await routerOn(supergraph, { SUBGRAPH_URL_PRODUCTS: slow.url });
  const answer = router.query(names);
  await expect.poll(() => slow.state.received).toHaveLength(1);
  const stopped = router.stop();
  await expect.poll(() => router.logs.some((line) => line.includes('"draining"'))).toBe(true);
  finish();
  expect((await answer).body).toEqual({ data: { products: [{ name: "Lamp" }] } });
  expect(await stopped).toBe(0);
});
