import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { MongoClient, ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FurnishedPerson, furnishedPerson } from "./support/furnished-person.ts";
import { Person } from "./support/person.ts";
import { routerCredential, serviceCredential } from "./support/router-credential.ts";
import { tracesOf } from "./support/traces.ts";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ env: { tasks: { USERS_OUTBOX_EVERY_MS: "200" } } });
});
afterAll(() => stack?.[Symbol.asyncDispose]());

const deletion = "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedId } }";
const remove = (person: Person, password = "correct horse") =>
  person.at(stack.router.url).ask<{ deleteAccount: object } | null>(deletion, { input: { password } });

const deleted = async (person: Person) => {
  const { data, errors } = await remove(person);
  expect(errors).toEqual([]);
  expect(data).toEqual({ deleteAccount: { deletedId: person.id } });
};

const isSettled = async ({ words }: FurnishedPerson) => !("users.outbox" in (await tracesOf(stack, words)));
const settled = (leaving: FurnishedPerson) =>
  waitUntil(() => isSettled(leaving), { timeoutMs: 20_000, what: "the tasks subgraph to be done" });

/** All that is left is that the account is gone, for as long as somebody might still hold an access token. */
const tombstones = {
  "users.revocations": Array(3).fill({
    _id: expect.any(String),
    recordedAt: expect.any(Date),
    until: expect.any(Date),
  }),
  "tasks.owners": [
    { _id: expect.any(String), writes: expect.any(Number), deletedAt: expect.any(Date), expiresAt: expect.any(Date) },
  ],
};

test("deleting an account removes it, its sessions, lists and tasks, and nothing of anybody else", async () => {
  const other = await furnishedPerson(stack);
  const before = await tracesOf(stack, other.words);
  const leaving = await furnishedPerson(stack, { more: 1_100 });
  expect(Object.keys(await tracesOf(stack, leaving.words)).sort()).toEqual(
    [
      ...["tasks.idempotentResults", "tasks.lists", "tasks.owners", "tasks.tasks"],
      ...[
        "users.accounts",
        "users.apiTokens",
        "users.familiarAddresses",
        "users.refreshTokens",
        "users.securityEvents",
      ],
      "users.sessions",
    ].sort(),
  );
  await deleted(leaving.person);
  await settled(leaving);
  expect(await tracesOf(stack, leaving.words)).toEqual(tombstones);
  expect(await tracesOf(stack, other.words)).toEqual(before);
});

test("a wrong password is INVALID_CREDENTIALS and changes nothing", async () => {
  const staying = await furnishedPerson(stack);
  const before = await tracesOf(stack, staying.words);
  const { data, errors } = await remove(staying.person, "a guess");
  expect(data).toBeNull();
  expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: "INVALID_CREDENTIALS" }]);
  expect(await tracesOf(stack, staying.words)).toEqual(before);
});

test("the tokens of all its sessions are refused everywhere, and the cookie is cleared", async () => {
  const { person } = await furnishedPerson(stack);
  const elsewhere = await Person.signIn(stack.router.url, person.username);
  const response = await fetch(`${stack.router.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${person.token}` },
    body: JSON.stringify({ query: deletion, variables: { input: { password: "correct horse" } } }),
  });
  expect(response.headers.get("set-cookie")).toMatch(/^tareas-session=; Max-Age=0;/);
  for (const { url } of [stack.router, stack.users, stack.tasks])
    for (const session of [person, elsewhere]) {
      const isRefused = async () => {
        const { errors } = await session.at(url).ask("{ __typename }");
        return errors[0]?.extensions.code === "UNAUTHENTICATED";
      };
      await waitUntil(isRefused, { timeoutMs: 10_000, what: `${url} to refuse the token` });
    }
});

test("the name is free at once, and who takes it gets nothing of the old one's", async () => {
  const leaving = await furnishedPerson(stack);
  await deleted(leaving.person);
  const successor = await Person.register(stack.router.url, leaving.person.username);
  await settled(leaving);
  expect(await successor.get("{ tasks { totalCount } sessions { id } taskLists { name } }")).toEqual({
    tasks: { totalCount: 0 },
    sessions: [{ id: expect.any(String) }],
    taskLists: [{ name: "Tareas" }],
  });
});

test("a person whose account is gone is null as the owner of what is left, and NOT_FOUND by id", async () => {
  const { person } = await furnishedPerson(stack);
  const other = await Person.register(stack.router.url);
  await deleted(person);
  const { data } = await other
    .at(stack.users.url)
    .ask(
      "query($r: [_Any!]!) { _entities(representations: $r) { __typename } }",
      { r: [{ __typename: "User", id: person.id }] },
      { headers: await routerCredential(stack.serviceKeyFile, "users") },
    );
  expect(data).toEqual({ _entities: [null] });
  const { errors } = await other.ask("query($id: ID!) { user(id: $id) { username } }", { id: person.id });
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(["NOT_FOUND"]);
});

describe("while a part is down", () => {
  test("the tasks go when their subgraph returns, users first or not", async () => {
    const leaving = await furnishedPerson(stack, { more: 600 });
    await stack.tasks.stop();
    await deleted(leaving.person);
    await stack.users.stop();
    await stack.tasks.start();
    await stack.tasks.ready();
    const waits = () => stack.tasks.logs.some((line) => line.includes("the outbox of users could not be read"));
    await waitUntil(waits, { timeoutMs: 10_000, what: "tasks to miss users" });
    expect(Object.keys(await tracesOf(stack, leaving.words))).toContain("tasks.tasks");
    await stack.users.start();
    await stack.users.ready();
    await settled(leaving);
    expect(await tracesOf(stack, leaving.words)).toEqual(tombstones);
  });

  test("more events than a page of the outbox holds are all settled", async () => {
    await stack.tasks.stop();
    const client = await new MongoClient(stack.mongodb.uri).connect();
    const outbox = client.db(stack.databases.users).collection("outbox");
    const accountIds = Array.from({ length: 120 }, () => new ObjectId().toHexString());
    const events = accountIds.map((accountId) => ({ type: "account.deleted", accountId, at: new Date() }));
    await outbox.insertMany([{ type: "of a later version", accountId: accountIds[0], at: new Date() }, ...events]);
    await stack.tasks.start();
    await stack.tasks.ready();
    const areSettled = async () => (await outbox.countDocuments()) === 1;
    await waitUntil(areSettled, { timeoutMs: 20_000, what: "all of them to be settled" });
    expect((await tracesOf(stack, accountIds))["tasks.owners"]).toHaveLength(accountIds.length);
    expect(await outbox.findOneAndDelete({})).toMatchObject({ type: "of a later version" });
    await client.close();
  });
});

test("sign-ins at the same time leave nothing behind", async () => {
  for (let round = 0; round < 4; round++) {
    const person = await Person.register(stack.users.url);
    let going = true;
    const signIns = Array.from({ length: 3 }, async () => {
      while (going) await Person.signIn(stack.users.url, person.username).catch(() => {});
    });
    await person.get(deletion, { input: { password: "correct horse" } });
    going = false;
    await Promise.all(signIns);
    const { "users.outbox": _, "tasks.owners": __, ...left } = await tracesOf(stack, [person.id]);
    expect(Object.keys(left)).toEqual(["users.revocations"]);
  }
});

test.each([
  ["GET", ""],
  ["DELETE", "/6743a1f2c9e77a0012ab34cd"],
])("%s /internal/outbox%s is for the tasks subgraph alone", async (method, path) => {
  const url = `${stack.users.url}/internal/outbox${path}`;
  const { token } = await Person.register(stack.users.url);
  const status = async (headers: Record<string, string>) => (await fetch(url, { method, headers })).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization: `Bearer ${token}` })).toBe(401);
  expect(await status(await routerCredential(stack.serviceKeyFile, "users"))).toBe(403);
  expect(await status(await serviceCredential("tasks", stack.serviceKeyFile, "users"))).toBeLessThan(300);
});
