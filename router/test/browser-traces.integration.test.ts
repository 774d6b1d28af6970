import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startZipkin, type Zipkin } from "../../test/support/zipkin.ts";
import { routerOn } from "./support/router.ts";

let zipkin: Zipkin;
let router: Awaited<ReturnType<typeof routerOn>>;
const supergraph = readFile(join(import.meta.dirname, "../supergraph.graphql"), "utf8");

const tracing = (url: string) => ({
  OTEL_TRACES_EXPORTER: "zipkin",
  OTEL_EXPORTER_ZIPKIN_ENDPOINT: url,
  OTEL_TRACES_SAMPLER_ARG: "0.5",
});

beforeAll(async () => {
  zipkin = await startZipkin();
  router = await routerOn(await supergraph, { ...tracing(zipkin.url), BROWSER_TRACES: "true" });
});
afterAll(async () => {
  await router?.[Symbol.asyncDispose]();
  await zipkin?.[Symbol.asyncDispose]();
});

// The sampler goes by the four parts of the id: half of all ids are recorded.
const recorded = "4bf92f3577b34da6a3ce929dffffffff";
const notRecorded = "4bf92f3577b34da6a3ce929d00000001";

const tags = {
  "graphql.operation.type": "mutation",
  "graphql.operation.name": "CreateTask",
  "http.response.status_code": "200",
};
const spanOf = (id: string, more: object = {}) => ({
  traceId: recorded,
  id,
  name: "mutation CreateTask",
  kind: "CLIENT",
  timestamp: Date.now() * 1_000 + 0.5,
  duration: 12_345,
  localEndpoint: { serviceName: "browser" },
  tags,
  ...more,
});

/** As a browser's beacon comes. */
const send = (body: unknown, contentType = "text/plain;charset=UTF-8") =>
  fetch(`${router.url}/traces`, {
    method: "POST",
    headers: { "content-type": contentType },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

const found = (id: string) => zipkin.spans.find((span) => span.id === id);
const arrived = (id: string) => expect.poll(() => found(id), { timeout: 10_000 }).toBeDefined();

test("a span of the browser is sent along, under its own ids and times", async () => {
  const span = spanOf("00f067aa0ba902b1");
  expect((await send([span])).status).toBe(202);
  await arrived(span.id);
  expect(found(span.id)).toMatchObject({
    traceId: recorded,
    name: "mutation CreateTask",
    kind: "CLIENT",
    timestamp: Math.round(span.timestamp),
    duration: 12_345,
    localEndpoint: { serviceName: "browser" },
    tags: { ...tags, "http.request.method": "POST", "service.namespace": "tareas" },
  });
});

test("an operation that failed has the code of its error", async () => {
  await send([spanOf("00f067aa0ba902b2", { tags: { ...tags, "error.type": "CONFLICT" } })]);
  await arrived("00f067aa0ba902b2");
  expect(found("00f067aa0ba902b2")?.tags).toMatchObject({ "error.type": "CONFLICT", "otel.status_code": "ERROR" });
});

test("who sends spans can't say whose they are, nor anything of people, nor have recorded what the share leaves out", async () => {
  const forged = spanOf("00f067aa0ba902b3", {
    name: "Julia's secret",
    localEndpoint: { serviceName: "Julia's tasks" },
    tags: { ...tags, note: "Julia's note" },
    annotations: [{ timestamp: 1, value: "Julia's annotation" }],
  });
  const leftOut = [
    spanOf("00f067aa0ba902b4", { timestamp: 1_000_000 }),
    spanOf("00f067aa0ba902b5", { traceId: notRecorded }),
    spanOf("00f067aa0ba902b8", { duration: 86_400_000_000 }),
  ];
  await send([...leftOut, forged]);
  await arrived(forged.id);
  expect(JSON.stringify(zipkin.spans)).not.toContain("Julia");
  for (const { id } of leftOut) expect(found(id), id).toBeUndefined();
});

test.each([
  ["no JSON", "{", 400],
  ["no list", {}, 400],
  [
    "a name with words in it",
    [spanOf("00f067aa0ba902b6", { tags: { ...tags, "graphql.operation.name": "a b" } })],
    400,
  ],
  ["an error with words in it", [spanOf("00f067aa0ba902b6", { tags: { ...tags, "error.type": "a b" } })], 400],
  ["no trace's id", [spanOf("00f067aa0ba902b6", { traceId: "0".repeat(32) })], 400],
  ["too many", Array.from({ length: 101 }, () => spanOf("00f067aa0ba902b6")), 400],
  ["too much", " ".repeat(65_537), 413],
])("%s is refused", async (_, body, status) => {
  expect((await send(body)).status).toBe(status);
  expect(found("00f067aa0ba902b6")).toBeUndefined();
});

test("only text is taken, which pages send without asking", async () => {
  expect((await send([spanOf("00f067aa0ba902b6")], "application/json")).status).toBe(415);
});

test("answers to operations say which share is asked for; nothing else does", async () => {
  const { headers } = await router.query("{ __typename }");
  expect(headers.get("x-browser-traces")).toBe("0.5");
  expect((await fetch(`${router.url}/health/live`)).headers.get("x-browser-traces")).toBeNull();
  expect((await send([])).headers.get("x-browser-traces")).toBeNull();
});

test("taking spans makes none", async () => {
  await send([spanOf("00f067aa0ba902b7")]);
  await arrived("00f067aa0ba902b7");
  expect(zipkin.spans.filter(({ name }) => name.includes("/traces"))).toEqual([]);
});

describe.each([
  ["without BROWSER_TRACES", (url: string) => tracing(url)],
  ["where no traces are recorded", () => ({ BROWSER_TRACES: "true" })],
])("%s", (_, env) => {
  test("browsers are asked for nothing, and nothing is taken from them", async () => {
    await using other = await routerOn(await supergraph, env(zipkin.url));
    const { headers } = await other.query("{ __typename }");
    expect(headers.get("x-browser-traces")).toBeNull();
    const response = await fetch(`${other.url}/traces`, { method: "POST", body: "[]" });
    expect(response.status).toBe(404);
  });
});
