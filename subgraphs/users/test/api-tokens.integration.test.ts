import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { ServiceTokens, serviceTokenHeader } from "@tareas/service-kit/auth/service-token";
import { mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exchange } from "../../../test/support/api-token.ts";
import { expectCode, expectFields, simultaneously, UsersApi } from "./users-api.ts";

let stack: Stack;
let users: UsersApi;
let client: mongo.MongoClient;

beforeAll(async () => {
  stack = await startStack({ services: ["users"] });
  users = new UsersApi(stack.users.url);
  client = await mongo.MongoClient.connect(stack.mongodb.uri);
});
afterAll(async () => {
  await client?.close();
  await stack?.[Symbol.asyncDispose]();
});

const dayMs = 24 * 60 * 60 * 1_000;
const usual = { name: "backup script", scopes: ["tasks:read"] };
const fields = "id name scopes createdAt expiresAt lastUsedAt";

const create = (token: string, input: object = usual, key?: string) =>
  users.query(
    `mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) { token apiToken { ${fields} } } }`,
    { input },
    { token, ...(key !== undefined && { headers: { "idempotency-key": key } }) },
  );

const created = async (token: string, input: object = usual) => (await create(token, input)).data.createApiToken;

const revoke = (id: string, token: string) =>
  users.query("mutation($id: ID!) { revokeApiToken(input: { id: $id }) { revokedId } }", { id }, { token });

const list = async (token: string) => (await users.query(`{ apiTokens { ${fields} } }`, {}, { token })).data.apiTokens;

const records = () => client.db(stack.databases.users).collection<{ _id: string }>("apiTokens");

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split(".")[1] as string, "base64url").toString());

describe("an API token", () => {
  test("is shown once, and listed by its name, scopes and expiry, the newest first", async () => {
    const { token } = await users.newAccount("maker");
    const first = await created(token);
    const second = await created(token, { name: "phone", scopes: ["tasks:write", "tasks:read", "tasks:write"] });
    expect(first.token).toMatch(/^tpat_[\w-]{49}$/);
    expect(first.apiToken).toMatchObject({ name: "backup script", scopes: ["tasks:read"], lastUsedAt: null });
    expect(second.apiToken.scopes).toEqual(["tasks:read", "tasks:write"]);
    expect(await list(token)).toEqual([second.apiToken, first.apiToken]);
  });

  test("lives for 90 days, or from 1 to 365 as asked for", async () => {
    const { token } = await users.newAccount("lifetimes");
    const lifeOf = async (expiresInDays?: number | null) => {
      const { apiToken } = await created(token, { ...usual, ...(expiresInDays !== undefined && { expiresInDays }) });
      return (Date.parse(apiToken.expiresAt) - Date.parse(apiToken.createdAt)) / dayMs;
    };
    expect([await lifeOf(), await lifeOf(null), await lifeOf(1), await lifeOf(365)]).toEqual([90, 90, 1, 365]);
  });

  test.each([
    ["an empty name", { name: " " }, { name: "TOO_SHORT" }],
    ["a long name", { name: "x".repeat(101) }, { name: "TOO_LONG" }],
    ["no scope", { scopes: [] }, { scopes: "TOO_FEW" }],
    ["an unknown scope", { scopes: ["tasks:read", "account:write"] }, { "scopes.1": "INVALID" }],
    ["no life", { expiresInDays: 0 }, { expiresInDays: "TOO_SMALL" }],
    ["a life of more than a year", { expiresInDays: 366 }, { expiresInDays: "TOO_LARGE" }],
  ])("with %s is BAD_USER_INPUT", async (what, input, expected) => {
    const { token } = await users.newAccount(what.replaceAll(" ", "-").slice(0, 20));
    expectFields(await create(token, { ...usual, ...input }), expected);
    expect(await list(token)).toEqual([]);
  });

  test("is one of at most 50, however many are asked for at once", async () => {
    const { token, id } = await users.newAccount("collector");
    const createdAt = new Date();
    const known = {
      accountId: new mongo.ObjectId(id),
      name: "old",
      scopes: ["tasks:read"],
      lastUsedAt: null,
      createdAt,
    };
    const withLife = (prefix: string, count: number, expiresAt: Date) =>
      Array.from({ length: count }, (_, index) => ({
        ...{ ...known, _id: `${prefix}${index}`, tokenHash: `${prefix}${index}`, expiresAt },
      }));
    const [later, before] = [new Date(Date.now() + dayMs), new Date(Date.now() - 1)];
    await records().insertMany([...withLife("live", 45, later), ...withLife("expired", 10, before)]);
    const answers = await simultaneously(15, () => create(token));
    const refused = answers.filter(({ errors }) => errors);
    for (const answer of refused) expectFields(answer, { apiTokens: "TOO_MANY" });
    expect(refused).toHaveLength(10);
    const tokens = await list(token);
    expect(tokens).toHaveLength(50);
    await revoke(tokens[0].id, token);
    expect((await create(token)).errors).toBeUndefined();
  });

  test("is stored nowhere but as a hash, and not logged", async () => {
    const { token } = await users.newAccount("dumped");
    const { token: apiToken } = await created(token);
    expect(await exchange(stack, apiToken)).not.toBeNull();
    const collections = await client.db(stack.databases.users).collections();
    const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
    expect(JSON.stringify(documents) + stack.users.logs.join("\n")).not.toContain(apiToken.slice(5, 40));
  });

  test("itself is nothing that a subgraph takes", async () => {
    const { token } = await users.newAccount("direct");
    expectCode(await users.me((await created(token)).token), "UNAUTHENTICATED");
  });
});

describe("an Idempotency-Key", () => {
  test("replaces the token that it made before, whose secret was lost", async () => {
    const { token } = await users.newAccount("repeater");
    const first = (await create(token, usual, "key")).data.createApiToken;
    const second = (await create(token, { scopes: ["tasks:read"], name: "backup script" }, "key")).data.createApiToken;
    expect(await list(token)).toEqual([second.apiToken]);
    expect(await exchange(stack, first.token)).toBeNull();
    expect(await exchange(stack, second.token)).not.toBeNull();
  });

  test("with another input is IDEMPOTENCY_KEY_REUSED, and another account's is another key", async () => {
    const { token } = await users.newAccount("reuser");
    const other = await users.newAccount("reuser2");
    const first = (await create(token, usual, "same")).data.createApiToken;
    for (const change of [{ name: "other" }, { scopes: ["tasks:write"] }, { expiresInDays: 5 }])
      expectCode(await create(token, { ...usual, ...change }, "same"), "IDEMPOTENCY_KEY_REUSED");
    expect((await create(other.token, { ...usual, name: "other" }, "same")).errors).toBeUndefined();
    expect(await list(token)).toEqual([first.apiToken]);
  });

  test("sent 20 times at once leaves one token", async () => {
    const { token } = await users.newAccount("insistent");
    const answers = await simultaneously(20, () => create(token, usual, "burst"));
    const grants = await Promise.all(answers.map(({ data }) => exchange(stack, data.createApiToken.token)));
    expect(grants.filter((grant) => grant !== null)).toHaveLength(1);
    expect(await list(token)).toHaveLength(1);
  });
});

describe("the exchange", () => {
  test("gives an access token with the account, the scopes and an id by which it can be revoked", async () => {
    const { token, id } = await users.newAccount("exchanger");
    const { token: apiToken, apiToken: listed } = await created(token);
    const grant = await exchange(stack, apiToken);
    expect(claimsOf(grant?.accessToken as string)).toMatchObject({
      ...{ sub: id, sid: `pat:${listed.id}`, scope: "tasks:read" },
    });
  });

  test("gives one that ends with the API token, and none from then on", async () => {
    const { token } = await users.newAccount("expiring");
    const { token: apiToken, apiToken: listed } = await created(token);
    const expireAt = (expiresAt: Date) => records().updateOne({ _id: listed.id }, { $set: { expiresAt } });
    const soon = new Date(Date.now() + 100_000);
    await expireAt(soon);
    const { exp } = claimsOf((await exchange(stack, apiToken))?.accessToken as string);
    expect(exp).toBe(Math.floor(soon.getTime() / 1_000));
    await expireAt(new Date(Date.now() - 1));
    expect(await exchange(stack, apiToken)).toBeNull();
    expect(await list(token)).toEqual([]);
  });

  test("notes the last use, to the minute", async () => {
    const { token } = await users.newAccount("user-of-it");
    const { token: apiToken, apiToken: listed } = await created(token);
    const lastUse = async () => Date.parse((await list(token))[0].lastUsedAt);
    const before = Date.now();
    await exchange(stack, apiToken);
    const first = await lastUse();
    expect(first).toBeGreaterThanOrEqual(before);
    await exchange(stack, apiToken);
    expect(await lastUse()).toBe(first);
    await records().updateOne({ _id: listed.id }, { $set: { lastUsedAt: new Date(before - 61_000) } });
    await exchange(stack, apiToken);
    expect(await lastUse()).toBeGreaterThanOrEqual(first);
  });

  test("refuses what is revoked, whose access tokens count no more, and what belongs to an account that is gone", async () => {
    const { token, id } = await users.newAccount("revoker");
    const onlooker = await users.newAccount("watcher");
    const { token: apiToken, apiToken: listed } = await created(token, { ...usual, scopes: ["account:read"] });
    const orphan = await created(token);
    const { accessToken } = (await exchange(stack, apiToken)) as { accessToken: string };
    expect((await users.me(accessToken)).data.me.username).toBe("revoker");
    expectCode(await revoke(listed.id, onlooker.token), "NOT_FOUND");
    expectCode(await revoke("nonsense", token), "NOT_FOUND");
    expect((await revoke(listed.id, token)).data).toEqual({ revokeApiToken: { revokedId: listed.id } });
    expectCode(await revoke(listed.id, token), "NOT_FOUND");
    expect(await exchange(stack, apiToken)).toBeNull();
    expectCode(await users.me(accessToken), "UNAUTHENTICATED");
    await client
      .db(stack.databases.users)
      .collection("accounts")
      .deleteOne({ _id: new mongo.ObjectId(id) });
    expect(await exchange(stack, orphan.token)).toBeNull();
    expectCode(await create(token), "UNAUTHENTICATED");
  });

  test("is for the router alone", async () => {
    const { token } = await users.newAccount("outsider");
    const { token: apiToken } = await created(token);
    const post = async (headers: Record<string, string>) => {
      const response = await fetch(`${stack.users.url}/internal/api-tokens/exchange`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ token: apiToken }),
      });
      return response.status;
    };
    const tasks = await ServiceTokens.open("tasks", { file: stack.serviceKeyFile, create: false });
    expect(await post({})).toBe(401);
    expect(await post({ authorization: `Bearer ${token}` })).toBe(401);
    expect(await post({ [serviceTokenHeader]: tasks.issue("users") })).toBe(403);
  });
});
