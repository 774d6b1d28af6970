import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import type { Document } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HeldCommands } from "./support/fail-point.ts";
import { type FurnishedPerson, furnishedPerson } from "./support/furnished-person.ts";
import { Person } from "./support/person.ts";
import { tracesOf } from "./support/traces.ts";

// A process is killed at each of its writes in turn: MongoDB holds the write back, the process gets SIGKILL, and the
// write is never done. What stands between two writes has no effect that could be lost.
const writes = ["insert", "update", "delete", "findAndModify", "commitTransaction"];
const moreThanABatch = 600;

let stack: Stack;
let bystander: FurnishedPerson;
let untouched: Record<string, Document[]>;

beforeAll(async () => {
  stack = await startStack({
    services: ["users", "tasks"],
    restart: false,
    // A transaction whose process was killed would else hold its documents for five seconds, in each round.
    mongodb: { parameters: { enableTestCommands: "1", transactionLifetimeLimitSeconds: "1" } },
    env: { tasks: { USERS_OUTBOX_EVERY_MS: "50" } },
  });
  bystander = await furnishedPerson(stack, { more: 10 });
  untouched = await tracesOf(stack, bystander.words);
});
afterAll(() => stack?.[Symbol.asyncDispose]());

const deletion = 'mutation { deleteAccount(input: { password: "correct horse" }) { deletedId } }';

/** Asks for the deletion until it is sure to be done, as somebody would who got no answer. */
async function insist({ username }: Person): Promise<void> {
  await waitUntil(
    async () => {
      const person = await Person.signIn(stack.users.url, username).catch(nobody);
      if (person === undefined) return true;
      await person.ask(deletion);
      return false;
    },
    { timeoutMs: 20_000, what: "the account to be gone" },
  );
}

const nobody = (error: Error) => {
  if (!error.message.includes("USER_NOT_FOUND")) throw error;
};

/** Collections are not read at one moment: that there is no event says something only once the account is gone. */
const isSettled = async ({ words }: FurnishedPerson) => {
  if ("users.accounts" in (await tracesOf(stack, words))) return false;
  return !("users.outbox" in (await tracesOf(stack, words)));
};

async function expectGone({ person, words }: FurnishedPerson): Promise<void> {
  const { "users.revocations": revocations, "tasks.owners": tombstone, ...rest } = await tracesOf(stack, words);
  expect(rest).toEqual({});
  expect(revocations?.map(({ _id }) => _id).sort()).toEqual(words.filter((word) => word !== person.username).sort());
  expect(tombstone).toEqual([
    { _id: person.id, writes: expect.any(Number), deletedAt: expect.any(Date), expiresAt: expect.any(Date) },
  ]);
  expect(await tracesOf(stack, bystander.words)).toEqual(untouched);
  // Of whoever is there, each session has its refresh token, and there are no others.
  const { "users.sessions": sessions, "users.refreshTokens": refreshTokens } = await tracesOf(stack, [""]);
  expect(refreshTokens?.map(({ sessionId }) => sessionId).sort()).toEqual(sessions?.map(({ _id }) => _id).sort());

  const successor = (await Person.register(stack.users.url, person.username)).at(stack.tasks.url);
  const { taskLists, tasks } = await successor.get<{ taskLists: object[]; tasks: { totalCount: number } }>(
    "{ taskLists { id } tasks { totalCount } }",
  );
  expect([taskLists.length, tasks.totalCount]).toEqual([1, 0]);
}

/** Deletes an account while the server is killed at its write number `step`; tells whether it came to that. */
async function deleteWithACrash(server: "users" | "tasks", step: number): Promise<boolean> {
  const leaving = await furnishedPerson(stack, { more: moreThanABatch });
  const all = await tracesOf(stack, leaving.words);
  let wasHit = false;
  {
    await using held = await HeldCommands.arm(stack.mongodb.uri, server, writes, { skip: step });
    const asked = leaving.person.ask(deletion).catch(() => "no answer");
    const hitOrSettled = async () => {
      wasHit = await held.isHit();
      return wasHit || (await isSettled(leaving));
    };
    await waitUntil(hitOrSettled, { timeoutMs: 20_000, what: `write ${step} of ${server}` });
    if (wasHit) await stack[server].kill();
    await asked;
  }
  await stack[server].start();
  await stack[server].ready();
  const found = await tracesOf(stack, leaving.words);
  if (found["users.accounts"]) expect(found).toEqual(all);
  await insist(leaving.person);
  await waitUntil(() => isSettled(leaving), { timeoutMs: 20_000, what: "the deletion to be settled" });
  await expectGone(leaving);
  return wasHit;
}

test.each([
  ["users", 8],
  ["tasks", 5],
] as const)(
  "%s may be killed at any write: the account is deleted as a whole, and once",
  async (server, least) => {
    let step = 0;
    while (await deleteWithACrash(server, step)) step += 1;
    expect(step).toBeGreaterThanOrEqual(least);
  },
  120_000,
);
