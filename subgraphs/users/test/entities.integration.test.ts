import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { mongo } from "mongoose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plansOf } from "./profiler.ts";
import { password, UsersApi } from "./users-api.ts";

let stack: Stack;
let users: UsersApi;
let client: mongo.MongoClient;

beforeAll(async () => {
  stack = await startStack({ services: ["users"] });
  users = new UsersApi(stack.users.url, stack.serviceKeyFile);
  client = await mongo.MongoClient.connect(stack.mongodb.uri);
});
afterAll(async () => {
  await client?.close();
  await stack?.[Symbol.asyncDispose]();
});

const database = () => client.db(stack.databases.users);

const accountPlans = (work: () => Promise<unknown>) => plansOf(database(), "accounts", work);

/** Puts so many accounts into the database, as `register` would but for the hashing; returns their ids. */
async function insertAccounts(prefix: string, count: number): Promise<string[]> {
  const records = Array.from({ length: count }, (_, index) => {
    const username = `${prefix}${index}`;
    return { username, usernameKey: username, displayName: username, passwordHash: "", createdAt: new Date() };
  });
  const { insertedIds } = await database().collection("accounts").insertMany(records);
  return Object.values(insertedIds).map(String);
}

test("entities come in the order asked for, null for unknown ids, the e-mail address for oneself only", async () => {
  const ana = await users.newAccount("ana", { email: "ana@example.com" });
  const bob = await users.newAccount("bob", { email: "bob@example.com" });
  const { data, errors } = await users.entities([bob.id, "000000000000000000000000", ana.id, bob.id], ana.token);
  expect(errors).toBeUndefined();
  const seenBob = { id: bob.id, username: "bob", email: null };
  expect(data._entities).toEqual([seenBob, null, { id: ana.id, username: "ana", email: "ana@example.com" }, seenBob]);
});

test("what can't be an id is the id of nobody", async () => {
  const { token } = await users.newAccount("probe");
  const ids = ["nonsense", { $ne: null }, { $gt: "" }, ["x"], 7, null, true, "x".repeat(1_000)];
  const { data, errors } = await users.entities(ids, token);
  expect(errors).toBeUndefined();
  expect(data._entities).toEqual(ids.map(() => null));
});

test("entities need a signed-in viewer", async () => {
  const { id } = await users.newAccount("hidden");
  const { data, errors } = await users.entities([id]);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  expect(data._entities).toEqual([null]);
});

test("entities need the router's service token", async () => {
  const { token, id } = await users.newAccount("direct");
  const { data, errors } = await new UsersApi(stack.users.url).entities([id], token);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["UNAUTHENTICATED"]);
  expect(data ?? null).toBeNull();
});

test("one _entities call of 1000 users is one database query by _id", async () => {
  const viewer = await users.newAccount("reader");
  const ids = await insertAccounts("crowd", 1_000);
  const shuffled = ids.toReversed();
  const plans = await accountPlans(async () => {
    const { data } = await users.entities(shuffled, viewer.token);
    expect(data._entities.map(({ id }: { id: string }) => id)).toEqual(shuffled);
  });
  expect(plans).toEqual(["IXSCAN { _id: 1 }"]);
});

test("users asked for in one request in several ways are one query", async () => {
  const viewer = await users.newAccount("several");
  const [id] = await insertAccounts("other", 1);
  const plans = await accountPlans(() =>
    users.query(
      "query($id: ID!) { me { id } user(id: $id) { id } again: user(id: $id) { id } }",
      { id },
      { token: viewer.token },
    ),
  );
  expect(plans).toEqual(["IXSCAN { _id: 1 }"]);
});

test("every look-up by name, e-mail address or key has an index", async () => {
  const input = { username: "indexed", password, email: "indexed@example.com" };
  const key = { headers: { "idempotency-key": "indexed-key" } };
  await users.register(input, key);
  const opened = "IXSCAN { _id: 1 }"; // the session that is opened meets the account by its id
  expect(await accountPlans(() => users.login("indexed", password))).toEqual(["IXSCAN { usernameKey: 1 }", opened]);
  expect(await accountPlans(() => users.login("indexed@example.com", password))).toEqual([
    "IXSCAN { emailKey: 1 }",
    opened,
  ]);
  expect(await accountPlans(() => users.register(input, key))).toEqual(["IXSCAN { claim.keyHash: 1 }", opened]);
});
