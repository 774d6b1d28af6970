import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person, send } from "./support/person.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ services: ["users", "tasks"] });
});
afterAll(() => stack[Symbol.asyncDispose]());

const subgraphs = ["users", "tasks"] as const;

async function metric(subgraph: (typeof subgraphs)[number], name: string): Promise<number> {
  const lines = (await (await fetch(`${stack[subgraph].metricsUrl}/metrics`)).text()).split("\n");
  return Number(
    lines
      .find((line) => line.startsWith(`${name} `))
      ?.split(" ")
      .at(-1) ?? 0,
  );
}

test.each(subgraphs)("the metrics of %s count a request, by its status", async (subgraph) => {
  const answered = (status: number) => metric(subgraph, `tareas_http_requests_total{status="${status}"}`);
  const before = [await answered(200), await answered(404)];
  expect((await send(stack[subgraph].url, "{ __typename }")).status).toBe(200);
  expect((await fetch(`${stack[subgraph].url}/nowhere`)).status).toBe(404);
  // The router's probes and other servers' questions come here too.
  await expect.poll(() => answered(200), { timeout: 10_000 }).toBeGreaterThan(Number(before[0]));
  await expect.poll(() => answered(404), { timeout: 10_000 }).toBe(Number(before[1]) + 1);
  expect(await metric(subgraph, 'tareas_admission_refused_total{priority="read"}')).toBe(0);
  expect(await metric(subgraph, "process_resident_memory_bytes")).toBeGreaterThan(0);
});

test("how long operations took is counted by what they do, and by whose fault it was when they failed", async () => {
  const counted = (outcome: string) =>
    metric("tasks", `tareas_operation_seconds_count{operation="query tasks",outcome="${outcome}"}`);
  const query = "query Whatever { all: tasks(first: 1) { nodes { id } } }";
  const person = await Person.register(stack.users.url);
  await person.at(stack.tasks.url).get(query);
  await send(stack.tasks.url, query);
  await expect.poll(() => counted("ok"), { timeout: 10_000 }).toBe(1);
  expect(await counted("client_error")).toBe(1);
  expect(await counted("server_error")).toBe(0);
});

test.each(subgraphs)("the connections of %s to MongoDB are counted", async (subgraph) => {
  const counted = () => metric(subgraph, "tareas_mongodb_connections");
  await expect.poll(counted, { timeout: 10_000 }).toBeGreaterThan(0);
  const open = await counted();
  expect(await metric(subgraph, "tareas_mongodb_connections_in_use")).toBeLessThanOrEqual(open);
  expect(await metric(subgraph, "tareas_mongodb_waiting")).toBe(0);
});

test.each(subgraphs)("operators see a page of %s beside the metrics", async (subgraph) => {
  const page = await fetch(stack[subgraph].metricsUrl);
  expect(page.headers.get("content-type")).toMatch("text/html");
  expect(await page.text()).toContain(`<h1>Tareas: ${subgraph} subgraph</h1>`);
});

test.each(subgraphs)("clients of %s see none of it", async (subgraph) => {
  expect((await fetch(`${stack[subgraph].url}/metrics`)).status).toBe(404);
  expect((await fetch(`${stack[subgraph].url}/`)).status).toBe(404);
});
