import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TaskClient } from "../subgraphs/tasks/test/support/task-client.ts";
import { startZipkin, type Zipkin } from "./support/zipkin.ts";

let zipkin: Zipkin;
let stack: Stack;
let person: TaskClient;
const lines: { readonly process: string; readonly line: string }[] = [];

beforeAll(async () => {
  zipkin = await startZipkin();
  const tracing = {
    OTEL_TRACES_EXPORTER: "zipkin",
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: zipkin.url,
    OTEL_TRACES_SAMPLER_ARG: "0.5",
  };
  stack = await startStack({
    env: { router: tracing, users: tracing, tasks: tracing },
    onLine: (process, line) => void lines.push({ process, line }),
  });
  person = await TaskClient.register(stack.router.url, stack.router.url);
  await person.create("nobody's business");
});
afterAll(async () => {
  await stack?.[Symbol.asyncDispose]();
  await zipkin?.[Symbol.asyncDispose]();
});

// The sampler goes by the four parts of the id: half of all ids are recorded.
const recorded = "4bf92f3577b34da6a3ce929dffffffff";
const notRecorded = "4bf92f3577b34da6a3ce929d00000001";
const parent = "00f067aa0ba902b7";

/** A page of tasks with their owner, asked for within a trace. */
async function ask(traceId: string, flags: "00" | "01"): Promise<void> {
  const answer = await fetch(`${stack.router.url}/graphql`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${person.person.token}`,
      "content-type": "application/json",
      traceparent: `00-${traceId}-${parent}-${flags}`,
    },
    body: JSON.stringify({ query: "query Page { tasks(first: 5) { nodes { title owner { username } } } }" }),
  });
  expect(await answer.json()).toMatchObject({ data: { tasks: { nodes: [{ owner: {} }] } } });
}

test("one trace leads from the operation by its plan to each subgraph, resolver and command of MongoDB", async () => {
  await ask(recorded, "01");
  const paths = () => zipkin.ofTrace(recorded).map(zipkin.pathOf);
  await expect
    .poll(paths, { timeout: 10_000 })
    .toEqual(
      expect.arrayContaining([
        "router SERVER POST /graphql",
        "router SERVER POST /graphql > router gateway.request > router gateway.plan",
        "router SERVER POST /graphql > router gateway.request > router gateway.execute > router gateway.fetch > router CLIENT POST > tasks SERVER POST /graphql > tasks Query.tasks > tasks CLIENT find tasks",
        "router SERVER POST /graphql > router gateway.request > router gateway.execute > router gateway.fetch > router CLIENT POST > users SERVER POST /graphql > users Query._entities > users CLIENT find accounts",
      ]),
    );
  const [root] = zipkin.ofTrace(recorded).filter((span) => span.parentId === parent);
  expect(root && zipkin.pathOf(root)).toBe("router SERVER POST /graphql");
  expect(root?.tags).toMatchObject({ "graphql.operation.name": "Page", "http.response.status_code": "200" });
});

test("no span tells of people", () => {
  const text = JSON.stringify(zipkin.spans);
  for (const secret of ["nobody's business", person.person.token, person.person.username])
    expect(text).not.toContain(secret);
});

test("the log lines of a recorded request have its trace's id, in each server", () => {
  const servers = lines.filter(({ line }) => line.includes(`"traceId":"${recorded}"`)).map(({ process }) => process);
  expect(new Set(servers)).toEqual(new Set(["router", "users", "tasks"]));
});

test("who calls can't have recorded what the share leaves out, and may have nothing recorded", async () => {
  await ask(notRecorded, "01");
  const quiet = recorded.replace(/f$/, "e");
  await ask(quiet, "00");
  const last = recorded.replace(/f$/, "d");
  await ask(last, "01");
  await expect.poll(() => zipkin.ofTrace(last).length, { timeout: 10_000 }).toBeGreaterThan(5);
  expect([...zipkin.ofTrace(notRecorded), ...zipkin.ofTrace(quiet)]).toEqual([]);
});
