import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routerOn } from "./support/router.ts";

const listed = "https://app.example";
let closed: Awaited<ReturnType<typeof routerOn>>;
let listing: Awaited<ReturnType<typeof routerOn>>;

beforeAll(async () => {
  const supergraph = await readFile(join(import.meta.dirname, "../supergraph.graphql"), "utf8");
  const origins = { CORS_ORIGINS: `${listed}, http://localhost:5173` };
  [closed, listing] = await Promise.all([routerOn(supergraph), routerOn(supergraph, origins)]);
});
afterAll(() => Promise.all([closed?.[Symbol.asyncDispose](), listing?.[Symbol.asyncDispose]()]));

const preflight = (url: string, origin: string, method = "POST") =>
  fetch(`${url}/graphql`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": method,
      "access-control-request-headers": "authorization,content-type,idempotency-key",
    },
  });
const permissions = ({ headers }: Response) => [...headers.keys()].filter((name) => name.startsWith("access-control-"));

describe("a page of a listed origin", () => {
  test("may send what the product's clients send, and needs not ask each time", async () => {
    const { status, headers } = await preflight(listing.url, listed);
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({
      "access-control-allow-origin": listed,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET, POST, PATCH, DELETE",
      "access-control-max-age": "600",
    });
    expect(headers.get("access-control-allow-headers")?.split(", ")).toEqual(
      expect.arrayContaining(["authorization", "content-type", "idempotency-key", "if-match"]),
    );
    expect(headers.get("vary")).toContain("Origin");
  });

  test.each(["/graphql?query={__typename}", "/health/live", "/nowhere"])(
    "may read the answer from %s",
    async (path) => {
      const headers = { origin: listed, "apollo-require-preflight": "1" };
      const response = await fetch(listing.url + path, { headers });
      expect(response.headers.get("access-control-allow-origin")).toBe(listed);
      expect(response.headers.get("access-control-expose-headers")).toContain("etag");
    },
  );
});

describe("a page of another origin", () => {
  test.each([
    ["any other", "https://evil.example"],
    ["a part of a listed one", "https://app.example.evil.example"],
    ["one below a listed one", "https://www.app.example"],
    ["another port", "https://app.example:8443"],
    ["another scheme", "http://app.example"],
    ["other letters", "https://APP.example"],
    ["none, as of a file", "null"],
  ])("may nothing: %s", async (_, origin) => {
    const asked = await preflight(listing.url, origin);
    expect(asked.status).toBe(405);
    expect(permissions(asked)).toEqual([]);
    const answer = await fetch(`${listing.url}/health/live`, { headers: { origin } });
    expect(permissions(answer)).toEqual([]);
    expect(answer.headers.get("vary")).toContain("Origin"); // or a cache would give one origin's answer to another
  });

  test("may nothing at all unless some are listed", async () => {
    const asked = await preflight(closed.url, listed);
    expect(asked.status).toBe(405);
    expect(permissions(asked)).toEqual([]);
    expect(permissions(await fetch(`${closed.url}/health/live`, { headers: { origin: listed } }))).toEqual([]);
  });
});
