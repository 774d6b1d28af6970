import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectCode, expectFields, password, simultaneously, UsersApi } from "./users-api.ts";

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

const accounts = () => client.db(stack.databases.users).collection("accounts");
const withKey = (key: string) => ({ headers: { "idempotency-key": key } });
const dayMs = 24 * 60 * 60 * 1_000;

/** Lets the claims of an account grow older by so much. */
const age = (username: string, ms: number) =>
  accounts().updateOne({ username }, [{ $set: { "claim.until": { $subtract: ["$claim.until", ms] } } }]);

describe("register with an Idempotency-Key", () => {
  test("50 times at once makes one account and signs in to it 50 times", async () => {
    const input = { username: "repeated", password, email: "repeated@example.com", displayName: "R" };
    const answers = await simultaneously(50, () => users.register(input, withKey("fifty-at-once")));

    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const payloads = answers.map(({ data }) => data.register);
    for (const { user } of payloads) expect(user).toEqual(payloads[0].user);
    expect(new Set(payloads.map(({ accessToken }) => accessToken)).size).toBe(50);
    expect((await users.me(payloads[49].accessToken)).data.me.id).toBe(payloads[0].user.id);
  });

  test("replays within the day, and not after it", async () => {
    const input = { username: "patient", password };
    const first = await users.register(input, withKey("patient-key"));
    await age("patient", dayMs - 60_000);
    const second = await users.register(input, withKey("patient-key"));
    expect(second.data.register.user).toEqual(first.data.register.user);

    await age("patient", 120_000);
    expectFields(await users.register(input, withKey("patient-key")), { username: "TAKEN" });
  });

  test("after a day the key can be used for another account", async () => {
    await users.register({ username: "earlier", password }, withKey("recycled"));
    await age("earlier", dayMs + 1_000);
    const answers = await simultaneously(5, () => users.register({ username: "later", password }, withKey("recycled")));
    expect(new Set(answers.map(({ data }) => data.register.user.id)).size).toBe(1);
    expect((await users.login("earlier", password)).errors).toBeUndefined();
  });

  test.each([
    ["password", { password: "another password" }],
    ["e-mail address", { email: "another@example.com" }],
    ["missing e-mail address", { email: undefined }],
    ["display name", { displayName: "Another" }],
    ["name", { username: "another.name" }],
    ["spelling of the name", { username: "GUARDED" }],
  ])("refuses another %s under the same key", async (_, change) => {
    const input = { username: "guarded", password, email: "guarded@example.com" };
    await users.register(input, withKey("guarded-key"));
    expectCode(await users.register({ ...input, ...change }, withKey("guarded-key")), "IDEMPOTENCY_KEY_REUSED");
  });

  test("with another key, or none, does not replay", async () => {
    const input = { username: "keyed", password };
    await users.register(input, withKey("keyed-1"));
    expectFields(await users.register(input, withKey("keyed-2")), { username: "TAKEN" });
    expectFields(await users.register(input), { username: "TAKEN" });
  });

  test("covers each registration of one request by itself", async () => {
    const query = `mutation($password: String!) {
      a: register(input: { username: "first.of.two", password: $password }) { user { id } }
      b: register(input: { username: "second.of.two", password: $password }) { user { id } }
    }`;
    const first = await users.query(query, { password }, withKey("two-in-one"));
    expect(first.errors).toBeUndefined();
    expect((await users.query(query, { password }, withKey("two-in-one"))).data).toEqual(first.data);
  });

  test("refuses a malformed key", async () => {
    expectCode(await users.register({ username: "nokey", password }, withKey("has space")), "BAD_USER_INPUT");
    expectCode(await users.register({ username: "nokey", password }, withKey("x".repeat(256))), "BAD_USER_INPUT");
  });

  test("keeps neither the key nor the password", async () => {
    const secret = "a-password-in-clear";
    await users.register({ username: "discreet", password: secret }, withKey("a-key-in-clear"));
    const stored = await accounts().findOne({ username: "discreet" });
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=7168,t=1,p=1\$/);
    expect(JSON.stringify(stored)).not.toMatch(/in-clear/);
  });
});
