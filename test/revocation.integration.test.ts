import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "./support/person.ts";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack[Symbol.asyncDispose]());

const probes: Record<"router" | "users" | "tasks", string> = {
  router: "{ __typename }",
  users: "{ me { id } }",
  tasks: "{ taskLists { id } }",
};
const everywhere = Object.keys(probes) as (keyof typeof probes)[];

const isTaken = async (person: Person, server: keyof typeof probes) => {
  const { errors } = await person.at(stack[server].url).ask(probes[server]);
  const codes = errors.map(({ extensions }) => extensions.code);
  if (codes.length > 0) expect(codes).toEqual(["UNAUTHENTICATED"]);
  return codes.length === 0;
};

/** Resolves when the servers refuse the person's token; throws unless they all do within 10 s. */
const refusedBy = (person: Person, servers: readonly (keyof typeof probes)[]) =>
  Promise.all(
    servers.map((server) =>
      waitUntil(async () => !(await isTaken(person, server)), {
        timeoutMs: 10_000,
        what: `${server} to refuse the token`,
      }),
    ),
  );

const someone = () => Person.register(stack.router.url);

test("a session that has ended is refused by the router and by both subgraphs within 10 s; others are not", async () => {
  const person = await someone();
  const other = await Person.signIn(stack.router.url, person.username);
  for (const server of everywhere) expect(await isTaken(person, server)).toBe(true);
  await person.get("mutation { logout { endedSessions } }");
  await refusedBy(person, everywhere);
  for (const server of everywhere) expect(await isTaken(other, server)).toBe(true);
});

test("a changed password ends the other sessions everywhere", async () => {
  const person = await someone();
  const other = await Person.signIn(stack.router.url, person.username);
  await person.get(
    'mutation { changePassword(input: { currentPassword: "correct horse", newPassword: "battery staple" }) { endedSessions } }',
  );
  await refusedBy(other, everywhere);
  expect(await isTaken(person, "tasks")).toBe(true);
});

test("while users is down the last list stands, over a restart of the others too", async () => {
  const ended = await someone();
  const going = await someone();
  await ended.get("mutation { logout { endedSessions } }");
  await refusedBy(ended, ["router", "tasks"]);
  await stack.users.stop();
  for (const server of ["router", "tasks"] as const) {
    await stack[server].stop();
    await stack[server].start();
    await stack[server].ready();
    expect(await isTaken(ended, server)).toBe(false);
    expect(await isTaken(going, server)).toBe(true);
  }
  await stack.users.start();
  await stack.users.ready();
  await going.get("mutation { logoutEverywhere { endedSessions } }");
  await refusedBy(going, everywhere);
});

test("the feed is for our own servers", async () => {
  const url = `${stack.users.url}/internal/revocations`;
  expect((await fetch(url)).status).toBe(401);
  const { token } = await someone();
  expect((await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  expect((await fetch(url, { headers: { "x-service-token": token } })).status).toBe(401);
});
