import { randomUUID } from "node:crypto";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { newApiToken as unknownToken } from "@tareas/service-kit/auth/api-token";
import { mongo } from "mongoose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { exchange, newApiToken } from "./support/api-token.ts";
import { Person, send } from "./support/person.ts";

let stack: Stack;
let person: Person;
const lines: string[] = [];

beforeAll(async () => {
  stack = await startStack({ onLine: (_, line) => lines.push(line) });
});
afterAll(() => stack?.[Symbol.asyncDispose]());
beforeEach(async () => {
  person = await Person.register(stack.router.url);
});

/** How many exchanges there were so far, the latest too: a request of our own marks where the log has got to. */
async function exchanges(): Promise<number> {
  const mark = `mark-${randomUUID()}`;
  await person.at(stack.users.url).get("{ me { id } }", {}, { headers: { "x-request-id": mark } });
  const isLogged = () => lines.some((line) => line.includes(mark));
  await waitUntil(isLogged, { timeoutMs: 10_000, what: "the mark in the log" });
  return lines.filter((line) => line.includes('"path":"/internal/api-tokens/exchange"')).length;
}
const codesOf = ({ errors }: Awaited<ReturnType<Person["ask"]>>) => errors.map(({ extensions }) => extensions.code);
const ownTasks = "{ taskLists { id owner { username } } }";

const revoke = (id: string) =>
  person.get("mutation($id: ID!) { revokeApiToken(input: { id: $id }) { revokedId } }", { id });

describe("an API token at the router", () => {
  test("speaks for its owner, through GraphQL and through REST", async () => {
    const { token, holder } = await newApiToken(person, ["tasks:read", "tasks:write"]);
    expect(await holder.get(ownTasks)).toMatchObject({ taskLists: [{ owner: { username: person.username } }] });
    const answer = await fetch(`${stack.router.url}/tasks`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ title: "by a program" }),
    });
    expect(answer.status).toBe(201);
    expect(await person.get("{ tasks { nodes { title } } }")).toEqual({
      tasks: { nodes: [{ title: "by a program" }] },
    });
  });

  test("is exchanged once for all requests at once and after one another", async () => {
    const { holder } = await newApiToken(person, ["tasks:read"]);
    const before = await exchanges();
    for (const _ of [1, 2]) await Promise.all(Array.from({ length: 50 }, () => holder.get("{ __typename }")));
    expect(await exchanges()).toBe(before + 1);
  });

  test("is listed with its last use", async () => {
    const { holder } = await newApiToken(person, ["tasks:read"]);
    const lastUse = async () =>
      (await person.get<{ apiTokens: [{ lastUsedAt: string | null }] }>("{ apiTokens { lastUsedAt } }")).apiTokens[0]
        .lastUsedAt;
    expect(await lastUse()).toBeNull();
    const before = Date.now();
    await holder.get(ownTasks);
    expect(Date.parse((await lastUse()) as string)).toBeGreaterThanOrEqual(before);
  });

  test.each([
    ["unknown", unknownToken()],
    ["cut short", unknownToken().slice(0, 30)],
    ["mistyped", `tpat_${"A".repeat(49)}`],
  ])("that is %s is UNAUTHENTICATED, in GraphQL and in REST", async (_, token) => {
    const holder = new Person(person.url, token, person.id, person.username);
    const answer = await holder.ask("{ __typename }");
    expect(answer.status).toBe(401);
    expect(codesOf(answer)).toEqual(["UNAUTHENTICATED"]);
    expect((await fetch(`${person.url}/tasks`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  });

  test("that is mistyped is nothing that the users subgraph hears of", async () => {
    const before = await exchanges();
    const { token } = await newApiToken(person, ["tasks:read"]);
    await new Person(person.url, `${token.slice(0, -1)}!`, "", "").ask(ownTasks);
    await new Person(person.url, token.slice(0, -1), "", "").ask(ownTasks);
    await new Person(person.url, token, "", "").get(ownTasks);
    expect(await exchanges()).toBe(before + 1);
  });

  test("that has expired is UNAUTHENTICATED", async () => {
    const { id, holder } = await newApiToken(person, ["tasks:read"]);
    await using client = await mongo.MongoClient.connect(stack.mongodb.uri);
    const tokens = client.db(stack.databases.users).collection<{ _id: string }>("apiTokens");
    await tokens.updateOne({ _id: id }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    expect(codesOf(await holder.ask(ownTasks))).toEqual(["UNAUTHENTICATED"]);
  });

  test("is ignored in the address of a request", async () => {
    const { token } = await newApiToken(person, ["tasks:read", "account:read"]);
    for (const name of ["access_token", "token", "authorization"]) {
      const { data } = await send<object>(`${person.url}/graphql?${name}=${token}&x=`, "{ me { id } }");
      expect(data).toEqual({ me: null });
      expect((await fetch(`${person.url}/lists?${name}=${token}`)).status).toBe(401);
    }
  });

  test("is nothing that the subgraphs take themselves", async () => {
    const { holder } = await newApiToken(person, ["tasks:read"]);
    for (const server of [stack.users, stack.tasks])
      expect(codesOf(await holder.at(server.url).ask("{ __typename }"))).toEqual(["UNAUTHENTICATED"]);
  });
});

test("a revoked one is refused by the router, and its access token by both subgraphs, within 10 s", async () => {
  const revoked = await newApiToken(person, ["tasks:read", "account:read"]);
  const other = await newApiToken(person, ["tasks:read"]);
  const { accessToken } = (await exchange(stack, revoked.token)) as { accessToken: string };
  const direct = new Person(person.url, accessToken, person.id, person.username);
  const probes = [
    () => revoked.holder.ask(ownTasks),
    () => direct.ask(ownTasks),
    () => direct.at(stack.tasks.url).ask("{ taskLists { id } }"),
    () => direct.at(stack.users.url).ask("{ me { id } }"),
  ];
  for (const probe of probes) expect(codesOf(await probe())).toEqual([]);
  await other.holder.get(ownTasks);
  await revoke(revoked.id);
  await Promise.all(
    probes.map((probe) =>
      waitUntil(async () => codesOf(await probe()).join() === "UNAUTHENTICATED", {
        timeoutMs: 10_000,
        what: "the token to be refused",
      }),
    ),
  );
  // A subgraph may have been the first to refuse; in the end the router has asked users anew.
  const reason = async () => (await revoked.holder.ask(ownTasks)).errors[0]?.message ?? "";
  const saysSo = async () => (await reason()).includes("API token");
  await waitUntil(saysSo, { timeoutMs: 10_000, what: "the API token itself to be refused" });
  await other.holder.get(ownTasks);
});

test("while users is down one in use goes on, a new one is SUBGRAPH_UNAVAILABLE, and works once users is back", async () => {
  const inUse = await newApiToken(person, ["tasks:read", "tasks:write"]);
  const unused = await newApiToken(person, ["tasks:read"]);
  await inUse.holder.get(ownTasks);
  await stack.users.stop();
  expect(await inUse.holder.get("{ tasks { totalCount } }")).toEqual({ tasks: { totalCount: 0 } });
  await inUse.holder.get('mutation { createTask(input: { title: "meanwhile" }) { task { id } } }');
  const answer = await unused.holder.ask("{ tasks { totalCount } }");
  expect(answer.status).toBe(503);
  expect(answer.errors[0]?.extensions).toEqual({ code: "SUBGRAPH_UNAVAILABLE", subgraph: "users" });
  await stack.users.start();
  await stack.users.ready();
  expect(await unused.holder.get("{ tasks { totalCount } }")).toEqual({ tasks: { totalCount: 1 } });
});

test("no API token stands in a database or in a log", async () => {
  const { token, holder } = await newApiToken(person, ["tasks:read", "tasks:write"]);
  await holder.get('mutation { createTask(input: { title: "x" }) { task { id } } }', {}, { idempotencyKey: "k" });
  await holder.ask("{ apiTokens { id } }");
  await fetch(`${person.url}/lists?access_token=${token}`);
  await using client = await mongo.MongoClient.connect(stack.mongodb.uri);
  const databases = Object.values(stack.databases).map((name) => client.db(name));
  const collections = (await Promise.all(databases.map((database) => database.collections()))).flat();
  const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
  const secret = token.slice(5, 40);
  expect(JSON.stringify(documents)).not.toContain(secret);
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.join("\n")).not.toContain(secret);
});
