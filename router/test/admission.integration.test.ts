import { afterEach, expect, test } from "vitest";
import { metricsUrlOf, routerOn } from "./support/router.ts";
import { type Received, scriptedSubgraph } from "./support/scripted-subgraph.ts";

const sdl = `
  type Query { count(of: Int): Int  pages(first: Int): Int }
  type Mutation { add: Int  login: Int }`;
const resources: AsyncDisposable[] = [];
afterEach(async () => {
  for (const resource of resources.splice(0).reverse()) await resource[Symbol.asyncDispose]();
});

/** A router that takes ten requests at a time, on a subgraph that answers nothing until it is told to. */
async function heldUp(env: NodeJS.ProcessEnv = {}) {
  const held: (() => void)[] = [];
  const answer = ({ query }: Received) => {
    const [field = "count"] = /(?<=\{)(count|pages|add|login)\b/.exec(query) ?? [];
    return { data: { [field]: 1 } };
  };
  const subgraph = await scriptedSubgraph((request) => (response) => {
    held.push(() => response.setHeader("content-type", "application/json").end(JSON.stringify(answer(request))));
  });
  resources.push(subgraph);
  const router = await routerOn([{ name: "counts", url: subgraph.url, sdl }], {
    SUBGRAPH_TIMEOUT_MS: "30000",
    REQUEST_TIMEOUT_MS: "30000",
    ADMISSION_MAX_IN_FLIGHT: "10",
    ADMISSION_MAX_DELAY_MS: "0",
    ...env,
  });
  resources.push(router);
  const waiting: ReturnType<typeof router.query>[] = [];
  /** Sends an operation that is let in, and resolves once it has got to the subgraph. */
  const hold = async (operation: string) => {
    const before = held.length;
    waiting.push(router.query(operation));
    await expect.poll(() => held.length, { timeout: 10_000 }).toBe(before + 1);
  };
  const release = async () => {
    subgraph.state.answer = answer;
    for (const answerNow of held) answerNow();
    return Promise.all(waiting);
  };
  const metricsUrl = metricsUrlOf(router);
  const metric = async (name: string) => {
    const lines = (await (await fetch(`${metricsUrl}/metrics`)).text()).split("\n");
    return Number(
      lines
        .find((line) => line.startsWith(`tareas_${name} `))
        ?.split(" ")
        .at(-1),
    );
  };
  return { router, hold, release, metric };
}

const holdReads = async (hold: (operation: string) => Promise<void>, count: number) => {
  for (let of = 0; of < count; of++) await hold(`{ count(of: ${of}) }`);
};

test("reads are refused first, then writes, sign-in last; health checks never; and all is let in again after", async () => {
  const { router, hold, release } = await heldUp();
  const post = (path: string, body: object) =>
    fetch(router.url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  await holdReads(hold, 8);
  expect((await router.query("{ count }")).status).toBe(503);
  expect((await fetch(`${router.url}/tasks`)).status).toBe(503);
  // It gets as far as this supergraph, which has no such thing.
  const login = { username: "lucia", password: "correct horse battery" };
  expect((await post("/login", login)).status).toBe(404);

  await hold("mutation { add }");
  expect((await router.query("mutation { add }")).status).toBe(503);
  expect((await post("/tasks", { title: "Comprar pan" })).status).toBe(503);

  await hold("mutation { login }");
  expect((await router.query("mutation { login }")).status).toBe(503);
  expect((await post("/login", login)).status).toBe(503);
  for (const path of ["/health/live", "/health/ready"]) expect((await fetch(router.url + path)).status).toBe(200);

  for (const { status, body } of await release()) {
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
  }
  for (const operation of ["{ count }", "mutation { add }", "mutation { login }"])
    expect((await router.query(operation)).status).toBe(200);
  expect((await post("/login", login)).status).toBe(404);
});

test("what is refused is told when to come back, in the shape of its API", async () => {
  const { router, hold, release } = await heldUp();
  await holdReads(hold, 8);
  const { headers, body } = await router.query("{ count }");
  const seconds = Number(headers.get("retry-after"));
  expect([1, 2, 3]).toContain(seconds);
  expect(body).toEqual({
    errors: [{ message: expect.any(String), extensions: { code: "RATE_LIMITED", retryAfterSeconds: seconds } }],
  });
  expect(headers.get("connection")).not.toBe("close");

  const answer = await fetch(`${router.url}/tasks`);
  expect(answer.headers.get("content-type")).toMatch("application/problem+json");
  expect(await answer.json()).toEqual({
    type: "about:blank",
    title: "Service Unavailable",
    status: 503,
    detail: expect.any(String),
    code: "RATE_LIMITED",
    retryAfterSeconds: Number(answer.headers.get("retry-after")),
    requestId: answer.headers.get("x-request-id"),
  });
  await release();
});

test("large pages are refused before small ones", async () => {
  const { router, hold, release, metric } = await heldUp();
  await holdReads(hold, 5);
  const large = [
    router.query("{ pages(first: 100) }"),
    router.query("query ($first: Int) { pages(first: $first) }", { variables: { first: 51 } }),
    fetch(`${router.url}/tasks?limit=100`),
    fetch(`${router.url}/export`),
  ];
  for (const { status } of await Promise.all(large)) expect(status).toBe(503);
  await hold("{ pages(first: 50) }");
  expect(await metric('admission_refused_total{priority="large-read"}')).toBe(4);
  expect(await metric('admission_refused_total{priority="read"}')).toBe(0);
  expect(await metric("http_requests_in_flight")).toBe(6);
  await release();
  expect(await metric("http_requests_in_flight")).toBe(0);
});

test("a client that goes away leaves its place when its work ends: that of a read at once, of a mutation when it is done", async () => {
  const { router, hold, release, metric } = await heldUp();
  const inFlight = () => expect.poll(() => metric("http_requests_in_flight"), { timeout: 10_000 });
  const leave = async (query: string) => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const headers = { "content-type": "application/json" };
    const gone = fetch(`${router.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }), signal });
    await inFlight().toBe(8);
    leaving.abort();
    await expect(gone).rejects.toThrow();
  };
  await holdReads(hold, 7);
  await leave("{ count(of: 99) }");
  await inFlight().toBe(7);
  await leave("mutation { add }");
  expect((await router.query("{ count }")).status).toBe(503);
  await release();
  await inFlight().toBe(0);
});

test("with the limits off nothing is refused", async () => {
  const { router, hold, release } = await heldUp({ ADMISSION_MAX_IN_FLIGHT: "0" });
  await holdReads(hold, 30);
  expect((await fetch(`${router.url}/health/ready`)).status).toBe(200);
  for (const { status } of await release()) expect(status).toBe(200);
});
