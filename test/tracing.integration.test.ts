import { createServer, type Server } from "node:http";
import { json } from "node:stream/consumers";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TaskClient } from "../subgraphs/tasks/test/support/task-client.ts";

/** As Zipkin's API takes it. (zipkin2-api.yaml) */
interface ZipkinSpan {
  readonly id: string;
  readonly traceId: string;
  readonly parentId?: string;
  readonly name: string;
  readonly kind?: string;
  readonly localEndpoint: { readonly serviceName: string };
  readonly tags: Readonly<Record<string, string>>;
}

let collector: Server;
let stack: Stack;
let person: TaskClient;
const spans: ZipkinSpan[] = [];
const lines: { readonly process: string; readonly line: string }[] = [];

beforeAll(async () => {
  collector = createServer(async (request, response) => {
    spans.push(...((await json(request)) as ZipkinSpan[]));
    response.writeHead(202).end();
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  collector.listen(0, "127.0.0.1", resolve);
  await listening;
  const { port } = collector.address() as { port: number };
  const tracing = {
    OTEL_TRACES_EXPORTER: "zipkin",
    OTEL_EXPORTER_ZIPKIN_ENDPOINT: `http://127.0.0.1:${port}/api/v2/spans`,
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
  collector?.close();
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

const ofTrace = (traceId: string) => spans.filter((span) => span.traceId === traceId);
const inWords = ({ localEndpoint, kind = "", name }: ZipkinSpan) =>
  [localEndpoint.serviceName, kind, name].filter((word) => word !== "").join(" ");

/** The way from a span up to the first of its trace. */
function pathOf(span: ZipkinSpan): string[] {
  const above = spans.find(({ id, traceId }) => id === span.parentId && traceId === span.traceId);
  return [...(above ? pathOf(above) : []), inWords(span)];
}

test("one trace leads from the operation by its plan to each subgraph, resolver and command of MongoDB", async () => {
  await ask(recorded, "01");
  const paths = () => ofTrace(recorded).map((span) => pathOf(span).join(" > "));
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
  const [root] = ofTrace(recorded).filter((span) => span.parentId === parent);
  expect(root && inWords(root)).toBe("router SERVER POST /graphql");
  expect(root?.tags).toMatchObject({ "graphql.operation.name": "Page", "http.response.status_code": "200" });
});

test("no span tells of people", () => {
  const text = JSON.stringify(spans);
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
  await expect.poll(() => ofTrace(last).length, { timeout: 10_000 }).toBeGreaterThan(5);
  expect([...ofTrace(notRecorded), ...ofTrace(quiet)]).toEqual([]);
});
