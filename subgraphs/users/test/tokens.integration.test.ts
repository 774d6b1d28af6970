import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectCode, UsersApi } from "./users-api.ts";

let stack: Stack;
let users: UsersApi;
let token: string;
let id: string;

beforeAll(async () => {
  stack = await startStack({ services: ["users"] });
  users = new UsersApi(stack.users.url);
  ({ token, id } = await users.newAccount("bearer"));
});
afterAll(() => stack?.[Symbol.asyncDispose]());

const jwks = async () =>
  (await (await fetch(`${stack.users.url}/.well-known/jwks.json`)).json()) as { keys: JsonWebKey[] };
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? "", "base64url").toString());
const parts = () => token.split(".") as [string, string, string];

describe("an access token", () => {
  test("is an RS256 JWT of type at+jwt with the claims agreed on, for 15 minutes", () => {
    const [header, claims] = parts().map((part, index) => (index < 2 ? decode(part) : part));
    expect(header).toEqual({ alg: "RS256", typ: "at+jwt", kid: expect.stringMatching(/^[\w-]{43}$/) });
    expect(Object.keys(claims).toSorted()).toEqual(["aud", "exp", "iat", "iss", "sid", "sub"]);
    expect(claims).toMatchObject({ iss: "https://tareas.example", aud: "tareas", sub: id });
    expect(claims.exp - claims.iat).toBe(900);
    expect(Math.abs(claims.iat - Date.now() / 1_000)).toBeLessThan(30);
  });

  test("has a session of its own", async () => {
    const { data } = await users.login("bearer", "correct horse battery");
    expect(decode(data.login.accessToken.split(".")[1]).sid).not.toBe(decode(parts()[1]).sid);
  });

  test("is verified by node:crypto with the published key, which may be cached for 10 seconds", async () => {
    const response = await fetch(`${stack.users.url}/.well-known/jwks.json`);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(response.headers.get("cache-control")).toBe("public, max-age=10");
    const { keys } = (await response.json()) as { keys: JsonWebKey[] };
    const [header, claims, signature] = parts();
    const key = keys.find(({ kid }) => kid === decode(header).kid);
    expect(Object.keys(key ?? {}).toSorted()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    const publicKey = createPublicKey({ key: key as JsonWebKey, format: "jwk" });
    expect(
      verify("RSA-SHA256", Buffer.from(`${header}.${claims}`), publicKey, Buffer.from(signature, "base64url")),
    ).toBe(true);
  });

  test("outlives a restart of the subgraph", async () => {
    const before = await jwks();
    await stack.users.stop();
    await stack.users.start();
    await stack.users.ready();
    expect(await jwks()).toEqual(before);
    expect((await users.me(token)).data.me.id).toBe(id);
  });
});

test("a bad token is UNAUTHENTICATED with status 401, not anonymous", async () => {
  const answer = await users.me(`${token}x`); // test/attacks/token-*.ts have all the ways to be bad
  expectCode(answer, "UNAUTHENTICATED");
  expect(answer.status).toBe(401);
  expect(answer.data?.me).toBeUndefined();
});
