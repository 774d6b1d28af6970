import { expect, test } from "vitest";
import { alex } from "../src/demo/alex.ts";
import { ana } from "../src/demo/ana.ts";
import type { DemoAccount } from "../src/demo/demo-account.ts";
import { demoAccounts, ensureDemoData } from "../src/demo/demo-data.ts";
import { fetchGraphql } from "../src/demo/graphql-request.ts";
import { logIn, registerOrLogIn } from "../src/demo/sign-in.ts";
import { type Stack, startStack } from "../src/start-stack.ts";
import { waitUntil } from "../src/wait-until.ts";

interface ListOfDemo {
  name: string;
  color: string;
  tasks: { nodes: { title: string; completed: boolean; dueDate: string | null; owner: { username: string } }[] };
}

async function listsOf({ router }: Stack, account: DemoAccount): Promise<ListOfDemo[]> {
  const token = await logIn(router.url, account);
  const query = `{ taskLists { name color tasks(first: 100, orderBy: { field: POSITION, direction: ASC }) {
    nodes { title completed dueDate owner { username } } } } }`;
  return (await fetchGraphql<{ taskLists: ListOfDemo[] }>(router.url, { query, token })).taskLists;
}

function ensure(stack: Stack, signal = new AbortController().signal, onBegin = () => {}) {
  const { mongodb, router, databases } = stack;
  const names = Object.values(databases);
  return ensureDemoData({ mongodbUri: mongodb.uri, routerUrl: router.url, databases: names, onBegin, signal });
}

test("demo data whose making was interrupted are completed, not doubled, and then left alone", async () => {
  await using stack = await startStack();
  const interrupt = new AbortController();
  const interrupted = ensure(stack, interrupt.signal).catch((error: unknown) => error);
  const hasBegun = () => listsOf(stack, ana).then((lists) => lists.some(({ tasks }) => tasks.nodes.length > 2));
  await waitUntil(() => hasBegun().catch(() => false), { timeoutMs: 20_000, what: "the first tasks" });
  interrupt.abort();
  expect(await interrupted).toMatchObject({ name: "AbortError" });

  expect(await ensure(stack)).toBe(true);
  for (const account of demoAccounts) {
    const lists = await listsOf(stack, account);
    expect(lists.map(({ name, color, tasks }) => ({ name, color, titles: titles(tasks.nodes) }))).toEqual(
      account.lists.map(({ name, color, tasks }) => ({ name, color, titles: titles(tasks) })),
    );
    expect(lists.flatMap(({ tasks }) => tasks.nodes).every(({ owner }) => owner.username === account.username)).toBe(
      true,
    );
  }
  const begun: string[] = [];
  expect(await ensure(stack, undefined, () => begun.push("again"))).toBe(true);
  expect(begun).toEqual([]);
});

test("a database that holds an account gets no demo data", async () => {
  await using stack = await startStack();
  await registerOrLogIn(stack.router.url, { ...alex, username: "somebody", email: "somebody@example.com" });
  expect(await ensure(stack)).toBe(false);
  await expect(logIn(stack.router.url, ana)).rejects.toThrow();
});

/** What is done is in the title, so that one comparison shows it. */
function titles(tasks: { title: string; completed?: boolean }[]): string[] {
  return tasks.map(({ title, completed }) => (completed ? `${title} (done)` : title));
}
