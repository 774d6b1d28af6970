import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("a subgraph's settings are found by its name in capitals, with _ for what is neither letter nor digit", () => {
  const config = readConfig({
    SUBGRAPH_URL_REVIEWS_V2: "http://reviews.internal/graphql",
    SUBGRAPH_TIMEOUT_MS: "500",
    SUBGRAPH_TIMEOUT_MS_REVIEWS_V2: "50",
  });
  expect(config.subgraphUrls("reviews-v2")).toEqual(["http://reviews.internal/graphql"]);
  expect(config.subgraphSettings("reviews-v2").SUBGRAPH_TIMEOUT_MS).toBe(50);
  expect(config.subgraphUrls("users")).toBeUndefined();
  expect(config.subgraphSettings("users").SUBGRAPH_TIMEOUT_MS).toBe(500);
});

test("a subgraph may be at several addresses, separated by commas", () => {
  const config = readConfig({ SUBGRAPH_URL_USERS: "http://a.internal/graphql, http://b.internal/graphql" });
  expect(config.subgraphUrls("users")).toEqual(["http://a.internal/graphql", "http://b.internal/graphql"]);
  expect(() => readConfig({ SUBGRAPH_URL_USERS: "http://a.internal/graphql,b" })).toThrow(/^SUBGRAPH_URL_USERS is not/);
});

test("a wrong setting of one subgraph is named", () => {
  expect(() => readConfig({ SUBGRAPH_URL_USERS: "users:4001" })).toThrow(/^SUBGRAPH_URL_USERS is not valid/);
  expect(() => readConfig({ SUBGRAPH_TIMEOUT_MS_USERS: "0" })).toThrow(/^SUBGRAPH_TIMEOUT_MS_USERS is not valid/);
});

test.each([
  "*",
  "null",
  "app.example",
  "https://app.example/",
  "https://app.example/path",
  "https://*.example",
  "https://App.example",
  "https://app.example:443",
  "https://user@app.example",
  "ftp://app.example",
  "https://app.example,",
  "https://app.example https://b.example",
])("CORS_ORIGINS takes origins as browsers send them, and not %j", (origins) => {
  expect(() => readConfig({ CORS_ORIGINS: origins })).toThrow(/^CORS_ORIGINS is not valid/);
});

test("CORS_ORIGINS may be several, and none is listed by default", () => {
  const several = "https://app.example, http://localhost:5173,http://[::1]:3000";
  expect(readConfig({ CORS_ORIGINS: several }).CORS_ORIGINS).toEqual([
    "https://app.example",
    "http://localhost:5173",
    "http://[::1]:3000",
  ]);
  expect(readConfig({}).CORS_ORIGINS).toEqual([]);
});
