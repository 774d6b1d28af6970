import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routerOn } from "./support/router.ts";

let router: Awaited<ReturnType<typeof routerOn>>;

beforeAll(async () => {
  router = await routerOn(await readFile(join(import.meta.dirname, "../supergraph.graphql"), "utf8"));
});
afterAll(() => router?.[Symbol.asyncDispose]());

describe.each(["/", "/graphiql"])("the page at %s", (path) => {
  test("loads only from its own origin, and all that it loads is there", async () => {
    const response = await fetch(router.url + path);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const html = await response.text();
    const references = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, reference]) => reference ?? "");
    expect(references.length).toBeGreaterThan(1);
    for (const reference of references.filter((url) => !url.startsWith("data:"))) {
      expect(reference).toMatch(/^\/(?!\/)/);
      expect((await fetch(router.url + reference)).status, reference).toBe(200);
    }
  });

  test("has no inline script, and a policy that allows none", async () => {
    const response = await fetch(router.url + path);
    expect(await response.text()).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|javascript:/);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/script-src|https?:|\*|unsafe-eval/);
    expect(policy.includes("'unsafe-inline'")).toBe(path === "/graphiql");
  });
});

test("in production the schema is nobody's to read, and browsers are told to use HTTPS alone", async () => {
  const serviceKeyFile = join(router.supergraphPath, "../service.key"); // production makes none
  await using production = await routerOn(await readFile(router.supergraphPath, "utf8"), {
    NODE_ENV: "production",
    SERVICE_KEY_FILE: serviceKeyFile,
  });
  expect((await production.query("{ __schema { queryType { name } } }")).body.data).toBeUndefined();
  expect((await fetch(`${production.url}/graphiql`)).status).toBe(404);
  const { headers } = await fetch(production.url);
  expect(headers.get("strict-transport-security")).toBe("max-age=31536000; includeSubDomains");
});
