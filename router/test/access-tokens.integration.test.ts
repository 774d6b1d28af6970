import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { routerOn } from "./support/router.ts";
import { scriptedSubgraph } from "./support/scripted-subgraph.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const seconds = () => Math.floor(Date.now() / 1000);

/** A token (RFC 7519) made by hand, right but for what the test changes. */
function tokenOf({ claims = {}, key = privateKey } = {}): string {
  const full = { iss: "https://tareas.example", aud: "tareas", sub: "u", sid: "s", exp: seconds() + 60, ...claims };
  const text = `${base64url({ alg: "RS256", typ: "at+jwt", kid: "k1" })}.${base64url(full)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
}

let jwks: Server;
let subgraph: Awaited<ReturnType<typeof scriptedSubgraph>>;
let router: Awaited<ReturnType<typeof routerOn>>;
const sdl = "type Query { hello: String }";

beforeAll(async () => {
  jwks = createServer((_, response) => {
    const key = { ...publicKey.export({ format: "jwk" }), kid: "k1", use: "sig", alg: "RS256" };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [key] }));
  });
  await new Promise<void>((resolve) => jwks.listen(0, "127.0.0.1", resolve));
  const { port } = jwks.address() as AddressInfo;
  subgraph = await scriptedSubgraph(() => ({ data: { hello: "world" } }));
  router = await routerOn([{ name: "hello", url: subgraph.url, sdl }], {
    AUTH_JWKS_URL: `http://127.0.0.1:${port}/jwks.json`,
  });
});
afterAll(async () => {
  await router?.[Symbol.asyncDispose]();
  await subgraph[Symbol.asyncDispose]();
  jwks.close();
});

const ask = (authorization: string) => router.query("{ hello }", { headers: { authorization } });

test("a good token is verified and forwarded as it is", async () => {
  const authorization = `Bearer ${tokenOf()}`;
  expect((await ask(authorization)).body).toEqual({ data: { hello: "world" } });
  expect(subgraph.state.received.at(-1)?.headers.authorization).toBe(authorization);
});

test("without a token the subgraphs decide", async () => {
  expect((await router.query("{ hello }")).body).toEqual({ data: { hello: "world" } });
});

// test/attacks/token-*.ts have all the ways to be bad.
test.each([
  ["expired", `Bearer ${tokenOf({ claims: { exp: seconds() - 60 } })}`],
  ["signed by a stranger", `Bearer ${tokenOf({ key: stranger })}`],
  ["of another scheme", "Basic bHVjaWE6cGFzcw=="],
])("a token that is %s is UNAUTHENTICATED with status 401, and reaches no subgraph", async (_, authorization) => {
  const before = subgraph.state.received.length;
  const { status, headers, body } = await ask(authorization);
  expect(status).toBe(401);
  expect(headers.get("www-authenticate")).toBe("Bearer");
  expect(body).toEqual({ errors: [{ message: expect.any(String), extensions: { code: "UNAUTHENTICATED" } }] });
  expect(subgraph.state.received).toHaveLength(before);
});

test("while no keys could be had, a token is answered with SUBGRAPH_UNAVAILABLE and 503, and the rest works", async () => {
  await using keyless = await routerOn([{ name: "hello", url: subgraph.url, sdl }]);
  const { status, body } = await keyless.query("{ hello }", { headers: { authorization: `Bearer ${tokenOf()}` } });
  expect(status).toBe(503);
  expect(body.errors?.[0]?.extensions).toEqual({ code: "SUBGRAPH_UNAVAILABLE", subgraph: "users" });
  expect((await keyless.query("{ hello }")).body).toEqual({ data: { hello: "world" } });
  expect((await fetch(`${keyless.url}/health/ready`)).status).toBe(200);
});
