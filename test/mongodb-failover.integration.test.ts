import { startStack } from "@tareas/local-stack/start-stack";
import { expect, test } from "vitest";
import { TaskClient } from "../subgraphs/tasks/test/support/task-client.ts";

const writes = 500;
const inFlight = 8;
const killAfter = 150;

test("a primary that is killed during 500 writes takes no acknowledged write with it, and no process dies", async () => {
  await using stack = await startStack({ services: ["users", "tasks"], mongodb: { members: 3 } });
  const people = await Promise.all(
    Array.from({ length: inFlight }, () => TaskClient.register(stack.users.url, stack.tasks.url)),
  );
  const pids = [stack.users.pid, stack.tasks.pid];

  const acknowledged: Set<string>[] = people.map(() => new Set());
  let begun = 0;
  let refused = 0;
  let killed: Promise<void> | undefined;
  await Promise.all(
    people.map(async (person, i) => {
      while (begun < writes) {
        const number = ++begun;
        if (number === killAfter) killed = stack.mongodb.primary().then((primary) => primary.kill());
        const { data, errors } = await person.attempt("createTask", { title: `write ${number}` });
        if (data?.createTask) acknowledged[i]?.add(data.createTask.task.id);
        else refused += 1;
        for (const { extensions } of errors) expect(extensions.code).toBe("SUBGRAPH_UNAVAILABLE");
      }
    }),
  );
  await killed;

  const total = acknowledged.reduce((sum, ids) => sum + ids.size, 0);
  expect(total + refused).toBe(writes);
  expect(total).toBeGreaterThan(killAfter); // writing went on with another primary
  for (const [i, person] of people.entries()) {
    const stored = new Set<string>();
    for (let after: string | null = null, more = true; more; ) {
      const page = await person.page({ first: 100, after });
      for (const { id } of page.nodes) stored.add(id);
      after = page.pageInfo.endCursor;
      more = page.pageInfo.hasNextPage;
    }
    expect([...(acknowledged[i] ?? [])].filter((id) => !stored.has(id))).toEqual([]);
  }
  expect([stack.users.pid, stack.tasks.pid]).toEqual(pids);
  expect([stack.users.restarts, stack.tasks.restarts]).toEqual([0, 0]);
}, 120_000);
