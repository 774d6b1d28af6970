import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { routerOn } from "./support/router.ts";
import { type Received, scriptedSubgraph } from "./support/scripted-subgraph.ts";

const catalogSdl = `
  type Query { feed: [Item!]!  grid: [[Product]]  product: Product  twin: Product  required: Product! }
  union Item = Product | Note
  type Product @key(fields: "id") { id: ID!  name: String! }
  type Note @key(fields: "id") { id: ID!  text: String! }`;
const reviewsSdl = `
  type Query { topReview: Review  count: Int }
  type Product @key(fields: "id") { id: ID!  stars: Int  best: Review!  reviews: [Review!] }
  type Note @key(fields: "id") { id: ID!  likes: Int! }
  type Review @key(fields: "id") { id: ID!  text: String!  product: Product! }`;
const stockSdl = `
  type Product @key(fields: "id") { id: ID!  left: Int  best: Int @external }
`.replace("  best: Int @external", "");

const product = (id: string) => ({ __typename: "Product", id, name: `product ${id}` });
const note = (id: string) => ({ __typename: "Note", id, text: `note ${id}` });
const catalogData = {
  feed: [note("a"), product("1"), note("b"), product("2")],
  grid: [
    [product("1"), null],
    [product("2"), product("3")],
  ],
  product: product("1"),
  twin: product("1"),
  required: product("1"),
};

type Subgraph = Awaited<ReturnType<typeof scriptedSubgraph>>;
let catalog: Subgraph;
let reviews: Subgraph;
let stock: Subgraph;
let router: Awaited<ReturnType<typeof routerOn>>;

beforeAll(async () => {
  catalog = await scriptedSubgraph(() => ({ data: structuredClone(catalogData) }));
  reviews = await scriptedSubgraph(() => ({}));
  stock = await scriptedSubgraph(() => ({}));
  router = await routerOn(
    [
      { name: "catalog", url: catalog.url, sdl: catalogSdl },
      { name: "reviews", url: reviews.url, sdl: reviewsSdl },
      { name: "stock", url: stock.url, sdl: stockSdl },
    ],
    // One failure after the other: the breaker would spare the subgraph all but the first five.
    { SUBGRAPH_TIMEOUT_MS: "300", SUBGRAPH_RESPONSE_LIMIT_BYTES: "100000", SUBGRAPH_BREAKER_FAILURES: "0" },
  );
});
beforeEach(() => {
  catalog.state.answer = () => ({ data: structuredClone(catalogData) });
  stock.state.answer = entities(() => ({ left: 1 }));
});
afterAll(async () => {
  await router?.[Symbol.asyncDispose]();
  for (const subgraph of [catalog, reviews, stock]) await subgraph[Symbol.asyncDispose]();
});

type Respond = (response: ServerResponse) => void;
const respond = (by: Respond) => by;

const entities =
  (entity: (representation: { id: string; __typename: string }) => object | null) =>
  ({ variables }: Received) => ({ data: { _entities: variables.representations?.map(entity) } });

const html = (status: number) => (response: ServerResponse) => {
  response.writeHead(status, { "content-type": "text/html" }).end("<h1>secret upstream page</h1>");
};
const json =
  (status: number, body: unknown) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
const secretError = {
  message: "connect to secret://10.0.0.7 failed",
  extensions: { code: "DATABASE_EXPLODED", stacktrace: ["at secret.ts:1"], serviceName: "secret" },
};

/** The paths and codes of an answer's errors. */
const errorsOf = ({ body }: Awaited<ReturnType<typeof router.query>>) =>
  body.errors?.map(({ path, extensions }) => [path?.join("."), extensions.code]);

describe("a fetch of entities that fails as a whole", () => {
  const unavailable = "SUBGRAPH_UNAVAILABLE";
  test.each<[string, (request: Received) => object, string]>([
    ["a page with status 500", () => html(500), unavailable],
    ["a page with status 200", () => html(200), unavailable],
    ["a page with status 404", () => html(404), unavailable],
    ["a redirect", () => respond((response) => response.writeHead(302, { location: "/" }).end()), unavailable],
    ["a reset connection", () => respond((response) => response.socket?.destroy()), unavailable],
    [
      "half a body",
      () =>
        respond((response) => response.writeHead(200, { "content-length": 99 }).write("{", () => response.destroy())),
      unavailable,
    ],
    ["an empty object", () => ({}), unavailable],
    ["an array", () => [{ data: {} }], unavailable],
    ["data that is text", () => ({ data: "secret" }), unavailable],
    ["errors that are text", () => ({ data: null, errors: "secret" }), unavailable],
    ["a wrong number of entities", () => ({ data: { _entities: [{}] } }), unavailable],
    ["entities that are no list", () => ({ data: { _entities: { secret: 1 } } }), unavailable],
    ["a body over the limit", () => ({ data: { _entities: [], secret: "x".repeat(200_000) } }), unavailable],
    ["no answer at all", () => () => {}, "SUBGRAPH_TIMEOUT"],
    ["a body that never ends", () => respond((response) => response.writeHead(200).write("{")), "SUBGRAPH_TIMEOUT"],
    [
      "status 401 and an error without a path",
      () => json(401, { errors: [{ message: "no", extensions: { code: "UNAUTHENTICATED" } }] }),
      "UNAUTHENTICATED",
    ],
    [
      "an error without a path",
      () => ({ data: null, errors: [{ message: "no", extensions: { code: "FORBIDDEN" } }] }),
      "FORBIDDEN",
    ],
    [
      "an error at _entities",
      () => ({ data: null, errors: [{ message: "no", path: ["_entities"], extensions: { code: "FORBIDDEN" } }] }),
      "FORBIDDEN",
    ],
    ["two errors without a path", () => ({ data: null, errors: [secretError, secretError] }), "INTERNAL_SERVER_ERROR"],
    ["status 500 and an unknown code", () => json(500, { errors: [secretError] }), "INTERNAL_SERVER_ERROR"],
  ])("by %s leaves one coded error per null", async (_, answer, code) => {
    reviews.state.answer = answer;
    const answered = await router.query("{ grid { name stars } product { name } }");
    expect(answered.body.data).toEqual({
      grid: [
        [{ name: "product 1", stars: null }, null],
        [
          { name: "product 2", stars: null },
          { name: "product 3", stars: null },
        ],
      ],
      product: { name: "product 1" },
    });
    expect(errorsOf(answered)).toEqual([
      ["grid.0.0.stars", code],
      ["grid.1.0.stars", code],
      ["grid.1.1.stars", code],
    ]);
    expect(JSON.stringify(answered.body)).not.toMatch(/secret|127\.0\.0\.1|serviceName|stacktrace/);
  });

  test("is none when the subgraph writes null for what there is none of", async () => {
    reviews.state.answer = (request) => ({
      ...entities(() => ({ stars: 5 }))(request),
      errors: null,
      extensions: null,
    });
    const { body } = await router.query("{ product { stars } }");
    expect(body).toEqual({ data: { product: { stars: 5 } } });
    reviews.state.answer = () => ({
      data: { _entities: [{ stars: null }] },
      errors: [{ message: "no", path: ["_entities", 0, "stars"], locations: null, extensions: null }],
    });
    const { errors } = (await router.query("{ product { stars } }")).body;
    expect(errors).toMatchObject([{ path: ["product", "stars"], extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
  });

  test.each([{}, { errors: [{ message: "no" }] }])(
    "is at each path that is lost when entities are null as a whole (%j)",
    async (more) => {
      reviews.state.answer = () => ({ data: { _entities: null }, ...more });
      const { data, errors } = (await router.query("{ product { name stars } }")).body;
      expect(data).toEqual({ product: { name: "product 1", stars: null } });
      expect(errors?.map(({ path }) => path)).toEqual([["product", "stars"]]);
    },
  );

  test("names the subgraph, or the request", async () => {
    reviews.state.answer = () => html(503);
    const { body } = await router.query("{ product { stars } }");
    expect(body.errors?.[0]?.extensions).toEqual({ code: "SUBGRAPH_UNAVAILABLE", subgraph: "reviews" });
    reviews.state.answer = () => ({ data: null, errors: [secretError] });
    const masked = await router.query("{ product { stars } }");
    const requestId = masked.headers.get("x-request-id");
    expect(masked.body.errors?.[0]?.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", requestId });
  });

  test("costs only its timeout", async () => {
    reviews.state.answer = () => () => {};
    const startedAt = performance.now();
    await router.query("{ product { stars best { text } } topReview { text } }");
    expect(performance.now() - startedAt).toBeLessThan(550);
  });
});

describe("the paths of errors", () => {
  test("are right in a list of several types, of which only some are asked for", async () => {
    reviews.state.answer = () => html(500);
    const answered = await router.query("{ feed { ... on Product { id stars } ... on Note { text } } }");
    expect(errorsOf(answered)).toEqual([
      ["feed.1.stars", "SUBGRAPH_UNAVAILABLE"],
      ["feed.3.stars", "SUBGRAPH_UNAVAILABLE"],
    ]);
  });

  test("are right for the error of one entity among several types", async () => {
    reviews.state.answer = ({ variables }) => ({
      data: { _entities: variables.representations?.map(({ id }) => (id === "2" ? { stars: null } : { stars: 5 })) },
      errors: [{ message: "no", path: ["_entities", 1, "stars"], extensions: { code: "FORBIDDEN" } }],
    });
    const answered = await router.query("{ feed { ... on Product { id stars } } }");
    expect(errorsOf(answered)).toEqual([["feed.3.stars", "FORBIDDEN"]]);
  });

  test("tell apart the same entity at several paths, and use the client's aliases", async () => {
    reviews.state.answer = () => html(500);
    catalog.state.answer = () => ({ data: { product: product("1"), again: product("1") } });
    const answered = await router.query("{ product { s: stars } again: twin { stars other: stars } }");
    expect(answered.body.data).toEqual({ product: { s: null }, again: { stars: null, other: null } });
    expect(errorsOf(answered)?.toSorted()).toEqual([
      ["again.other", "SUBGRAPH_UNAVAILABLE"],
      ["again.stars", "SUBGRAPH_UNAVAILABLE"],
      ["product.s", "SUBGRAPH_UNAVAILABLE"],
    ]);
  });

  test("end at the object that a lost non-null field makes null, once for each", async () => {
    reviews.state.answer = () => html(500);
    const answered = await router.query("{ product { name best { text } stars } twin { reviews { text } } }");
    expect(answered.body.data).toEqual({ product: null, twin: { reviews: null } });
    expect(errorsOf(answered)?.toSorted()).toEqual([
      ["product", "SUBGRAPH_UNAVAILABLE"],
      ["twin.reviews", "SUBGRAPH_UNAVAILABLE"],
    ]);
  });

  test("are kept when all data is null in the end", async () => {
    reviews.state.answer = () => html(500);
    const answered = await router.query("{ required { best { text } } }");
    expect(answered.body.data).toBeNull();
    expect(errorsOf(answered)).toEqual([["required", "SUBGRAPH_UNAVAILABLE"]]);
  });

  test("name each once when two subgraphs fail for one object", async () => {
    reviews.state.answer = () => html(500);
    stock.state.answer = () => html(500);
    const both = await router.query("{ product { best { text } left } }");
    expect(both.body.data).toEqual({ product: null });
    expect(errorsOf(both)).toEqual([["product", "SUBGRAPH_UNAVAILABLE"]]);
    const each = await router.query("{ product { stars left } }");
    expect(errorsOf(each)?.toSorted()).toEqual([
      ["product.left", "SUBGRAPH_UNAVAILABLE"],
      ["product.stars", "SUBGRAPH_UNAVAILABLE"],
    ]);
  });

  test("say nothing of fetches that a failed one made needless", async () => {
    catalog.state.answer = () => html(500);
    reviews.state.answer = () => ({
      data: { topReview: { text: "fine", product: { __typename: "Product", id: "1" } } },
    });
    const answered = await router.query(
      "{ product { name stars } grid { stars } topReview { text product { name } } }",
    );
    expect(answered.body.data).toEqual({ product: null, grid: null, topReview: null });
    expect(errorsOf(answered)?.toSorted()).toEqual([
      ["grid", "SUBGRAPH_UNAVAILABLE"],
      ["product", "SUBGRAPH_UNAVAILABLE"],
      ["topReview.product", "SUBGRAPH_UNAVAILABLE"],
    ]);
  });

  test("leave out root fields that @skip and @include leave out", async () => {
    catalog.state.answer = () => html(500);
    const operation = `query ($no: Boolean!) { product { name } a: twin @include(if: $no) { name } b: twin @skip(if: true) { name } }`;
    const answered = await router.query(operation, { variables: { no: false } });
    expect(errorsOf(answered)).toEqual([["product", "SUBGRAPH_UNAVAILABLE"]]);
  });
});

describe("a GraphQL error of a subgraph", () => {
  test("passes with message, code and known details, and nothing else", async () => {
    const extensions = { code: "CONFLICT", version: 7, fields: [], secret: 1, stacktrace: ["secret"] };
    reviews.state.answer = () => ({
      data: { count: null },
      errors: [{ message: "changed", path: ["count"], extensions }],
    });
    const { body } = await router.query("{ count }");
    const passed = { code: "CONFLICT", version: 7, fields: [] };
    expect(body).toEqual({
      data: { count: null },
      errors: [{ message: "changed", path: ["count"], extensions: passed }],
    });
  });

  test("with INTERNAL_SERVER_ERROR loses its message", async () => {
    const extensions = { code: "INTERNAL_SERVER_ERROR" };
    reviews.state.answer = () => ({
      data: { count: null },
      errors: [{ message: "secret", path: ["count"], extensions }],
    });
    expect(JSON.stringify((await router.query("{ count }")).body)).not.toContain("secret");
  });

  test("without a path and with all of the data stays without a path", async () => {
    reviews.state.answer = () => ({
      data: { count: 3 },
      errors: [{ message: "slow", extensions: { code: "RATE_LIMITED" } }],
    });
    const { body } = await router.query("{ count }");
    expect(body).toEqual({ data: { count: 3 }, errors: [{ message: "slow", extensions: { code: "RATE_LIMITED" } }] });
  });
});

test("a reference to something that is gone is null without an error", async () => {
  reviews.state.answer = ({ variables }) =>
    variables.representations
      ? { data: { _entities: variables.representations.map(() => null) } }
      : { data: { topReview: { __typename: "Review", text: "t", product: { __typename: "Product", id: "9" } } } };
  catalog.state.answer = entities(() => null);
  const { body } = await router.query("{ topReview { text product { name } } }");
  expect(body).toEqual({ data: { topReview: null } });
});
