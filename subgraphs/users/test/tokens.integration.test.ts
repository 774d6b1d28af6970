import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, sign, verify } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import jwt from "jsonwebtoken";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectCode, UsersApi } from "./users-api.ts";

let stateDir: string;
let stack: Stack;
let users: UsersApi;
let token: string;
let id: string;
let privateKey: string;

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "tareas-state-"));
  stack = await startStack({ services: ["users"], stateDir });
  users = new UsersApi(stack.users.url);
  ({ token, id } = await users.newAccount("bearer"));
  privateKey = await readFile(join(stateDir, "keys", "access-token.pem"), "utf8");
});
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
  await rm(stateDir, { recursive: true, force: true });
});

const jwks = async () =>
  (await (await fetch(`${stack.users.url}/.well-known/jwks.json`)).json()) as { keys: JsonWebKey[] };
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? "", "base64url").toString());
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
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

describe("a token that is bad is UNAUTHENTICATED, not anonymous:", () => {
  /** A token as the subgraph itself would sign it, but for the changes. */
  const forge = (claims: object = {}, header: object = {}, key: string = privateKey) => {
    const [ownHeader, ownClaims] = parts();
    const input = `${encode({ ...decode(ownHeader), ...header })}.${encode({ ...decode(ownClaims), ...claims })}`;
    return `${input}.${sign("RSA-SHA256", Buffer.from(input), key).toString("base64url")}`;
  };
  const stranger = () =>
    generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  const now = () => Math.floor(Date.now() / 1_000);

  test("but a forged one that is right in everything is taken", async () => {
    expect((await users.me(forge())).data.me.id).toBe(id);
  });

  const unsigned = (header: object) => `${encode({ ...decode(parts()[0]), ...header })}.${parts()[1]}.`;
  const hmacWithPublicKey = () => {
    const pem = createPublicKey(privateKey).export({ type: "spki", format: "pem" });
    const input = `${encode({ ...decode(parts()[0]), alg: "HS256" })}.${parts()[1]}`;
    return `${input}.${createHmac("sha256", pem).update(input).digest("base64url")}`;
  };
  const otherSubject = () => `${parts()[0]}.${encode({ ...decode(parts()[1]), sub: "0".repeat(24) })}.${parts()[2]}`;
  const otherAlgorithm = () =>
    jwt.sign(decode(parts()[1]), privateKey, { algorithm: "PS256", header: { ...decode(parts()[0]), alg: "PS256" } });

  test.each([
    ["another subject under the same signature", otherSubject],
    ["a signature of another key", () => forge({}, {}, stranger())],
    [
      "a key embedded in the header",
      () => forge({}, { jwk: createPublicKey(privateKey).export({ format: "jwk" }), kid: "x" }),
    ],
    ["an unknown kid", () => forge({}, { kid: "unknown" })],
    ["no kid", () => forge({}, { kid: undefined })],
    ["alg none", () => unsigned({ alg: "none" })],
    ["no signature", () => unsigned({})],
    ["HS256 with the public key for a secret", hmacWithPublicKey],
    ["PS256 with the right key", otherAlgorithm],
    ["typ JWT", () => forge({}, { typ: "JWT" })],
    ["no typ", () => forge({}, { typ: undefined })],
    ["an end in the past", () => forge({ exp: now() - 10 })],
    ["no end", () => forge({ exp: undefined })],
    ["an end that is no number", () => forge({ exp: "tomorrow" })],
    ["another issuer", () => forge({ iss: "https://elsewhere.example" })],
    ["another audience", () => forge({ aud: "elsewhere" })],
    ["no subject", () => forge({ sub: undefined })],
    ["a subject that is an object", () => forge({ sub: { $ne: null } })],
    ["no session", () => forge({ sid: undefined })],
    ["over 8 KB", () => forge({ padding: "x".repeat(8_192) })],
    ["what is no token", () => "nonsense"],
    ["what is no JSON", () => `${Buffer.from("{").toString("base64url")}.${parts()[1]}.${parts()[2]}`],
  ])("%s", async (_, make) => {
    const answer = await users.me(make());
    expectCode(answer, "UNAUTHENTICATED");
    expect(answer.status).toBe(401);
    expect(answer.data?.me).toBeUndefined();
  });

  test.each(["", "Bearer", "Bearer ", "Basic YTpi", "Bearer a b"])("the header %j", async (authorization) => {
    const answer = await users.query("{ me { id } }", {}, { headers: { authorization } });
    expectCode(answer, "UNAUTHENTICATED");
  });
});
