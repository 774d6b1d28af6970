import { afterEach, expect, test } from "vitest";
import {
  callsTo,
  codesOf as codes,
  disposeAll,
  failing,
  hung,
  countsRouter as routerWith,
  startSubgraph as subgraph,
  well,
} from "./support/counts-router.ts";

/** For a subgraph that hangs: any other has the time that it needs. */
const timeoutMs = 300;
const shortTimeout = { SUBGRAPH_TIMEOUT_MS: String(timeoutMs) };
afterEach(disposeAll);

test("a query whose attempt fails is tried again", async () => {
  const counts = await subgraph(failing);
  const router = await routerWith([counts]);
  counts.state.answer = (request) => {
    counts.state.answer = well;
    return failing(request);
  };
  expect((await router.query("{ count }")).body).toEqual({ data: { count: 1 } });
  expect(callsTo(counts)).toHaveLength(2);
  expect(await router.metric("retries_total", 'allowed="true"')).toBe(1);
});

test("a mutation is tried again only with an Idempotency-Key, and with the same one", async () => {
  const counts = await subgraph(failing);
  const router = await routerWith([counts]);
  expect(codes(await router.query("mutation { add }"))).toEqual(["SUBGRAPH_UNAVAILABLE"]);
  expect(callsTo(counts)).toHaveLength(1);

  const headers = { "idempotency-key": "key-0123456789abcdef" };
  expect(codes(await router.query("mutation { add }", { headers }))).toEqual(["SUBGRAPH_UNAVAILABLE"]);
  const keys = callsTo(counts).map((call) => call.headers["idempotency-key"]);
  expect(keys).toEqual([undefined, ...Array(3).fill(headers["idempotency-key"])]);
});

test("an answer with errors is an answer: it is not asked for again", async () => {
  const error = { message: "no", extensions: { code: "INTERNAL_SERVER_ERROR" } };
  const counts = await subgraph(() => ({ data: { count: null }, errors: [error] }));
  const router = await routerWith([counts]);
  for (let times = 0; times < 8; times++) await router.query("{ count }");
  expect(callsTo(counts)).toHaveLength(8);
  expect(await router.metric("breaker_state")).toBe(0);
});

test("of a subgraph that is out, at most one call in five is repeated", async () => {
  const counts = await subgraph(failing);
  const router = await routerWith([counts], { SUBGRAPH_BREAKER_FAILURES: "0" });
  const calls = 300;
  for (let of = 0; of < calls; of++) await router.query(`{ count(of: ${of}) }`);
  const reserve = 50;
  expect(callsTo(counts).length).toBeGreaterThan(calls);
  expect(callsTo(counts).length).toBeLessThanOrEqual(calls * 1.2 + reserve);
});

test("a hung subgraph costs five time-outs and then nothing, and is used again when it has returned", async () => {
  const counts = await subgraph(hung);
  const router = await routerWith([counts], { ...shortTimeout, SUBGRAPH_BREAKER_OPEN_MS: "200" });
  for (let of = 0; of < 5; of++)
    expect(codes(await router.query(`{ count(of: ${of}) }`))).toEqual(["SUBGRAPH_TIMEOUT"]);
  expect(await router.metric("breaker_state")).toBe(2);

  const startedAt = performance.now();
  expect(codes(await router.query("{ count }"))).toEqual(["SUBGRAPH_UNAVAILABLE"]);
  expect(performance.now() - startedAt).toBeLessThan(timeoutMs);
  expect(callsTo(counts)).toHaveLength(5);

  counts.state.answer = well;
  const isBack = async () => (await router.query("{ count }")).body;
  await expect.poll(isBack, { timeout: 10_000 }).toEqual({ data: { count: 1 } });
  expect(await router.metric("breaker_state")).toBe(0);
});

test("an endpoint that was down when it was asked is used as soon as it is back, not a whole pause later", async () => {
  const counts = await subgraph(failing);
  const openMs = 3_000;
  const router = await routerWith([counts], { SUBGRAPH_BREAKER_OPEN_MS: String(openMs) });
  for (let of = 0; of < 5; of++) await router.query(`{ count(of: ${of}) }`);
  const askedBefore = counts.state.received.length;
  await expect.poll(() => counts.state.received.length, { timeout: 10_000 }).toBeGreaterThan(askedBefore);

  counts.state.answer = well;
  const isBack = async () => (await router.query("{ count }")).body;
  await expect.poll(isBack, { timeout: openMs / 2 }).toEqual({ data: { count: 1 } });
});

test("with the breaker off a hung subgraph costs a time-out each time", async () => {
  const counts = await subgraph(hung);
  const router = await routerWith([counts], { ...shortTimeout, SUBGRAPH_BREAKER_FAILURES: "0" });
  for (let of = 0; of < 8; of++)
    expect(codes(await router.query(`{ count(of: ${of}) }`))).toEqual(["SUBGRAPH_TIMEOUT"]);
  expect(callsTo(counts)).toHaveLength(8);
});

test("of two endpoints both are used, and one that is gone is not missed", async () => {
  const [one, other] = [await subgraph(well), await subgraph(well)];
  const router = await routerWith([one, other]);
  for (let of = 0; of < 20; of++) await router.query(`{ count(of: ${of}) }`);
  expect(callsTo(one).length).toBe(10);
  expect(callsTo(other).length).toBe(10);

  one.state.answer = () => (response) => void response.destroy();
  const answers = await Promise.all(Array.from({ length: 40 }, (_, of) => router.query(`{ count(of: ${of}) }`)));
  const later = [];
  for (let of = 0; of < 40; of++) later.push(await router.query(`{ count(of: ${of}) }`));
  for (const { body } of [...answers, ...later]) expect(body).toEqual({ data: { count: 1 } });
  const stateOfOne = async () => {
    await router.query("{ count }");
    return router.metric("breaker_state", `endpoint="${new URL(one.url).host}"`);
  };
  await expect.poll(stateOfOne, { timeout: 10_000 }).toBe(2);
  expect(await router.metric("breaker_state", `endpoint="${new URL(other.url).host}"`)).toBe(0);
});

test("what one subgraph can't take is refused at once, with a time to come back", async () => {
  const counts = await subgraph(hung);
  const limits = { ...shortTimeout, SUBGRAPH_MAX_IN_FLIGHT: "2", SUBGRAPH_MAX_QUEUED: "1" };
  const router = await routerWith([counts], limits);
  const answers = await Promise.all(Array.from({ length: 5 }, (_, of) => router.query(`{ count(of: ${of}) }`)));
  expect(answers.flatMap(codes).toSorted()).toEqual(
    [...Array(3).fill("SUBGRAPH_TIMEOUT"), ...Array(2).fill("SUBGRAPH_UNAVAILABLE")].toSorted(),
  );
  const refused = answers.filter((answer) => codes(answer)?.includes("SUBGRAPH_UNAVAILABLE"));
  for (const { headers } of refused) expect(headers.get("retry-after")).toBe("1");
  // The one that waited may have got its turn in the last moment.
  expect(callsTo(counts).length).toBeLessThanOrEqual(3);
});

test("identical queries at the same time are sent once, mutations each", async () => {
  const counts = await subgraph(well);
  const router = await routerWith([counts]);
  const waiting: (() => void)[] = [];
  counts.state.answer = (request) => (response) => {
    waiting.push(() => response.setHeader("content-type", "application/json").end(JSON.stringify(well(request))));
  };
  const queries = ["{ count }", "{ count }", "{ other }"].map((one) => router.query(one));
  await expect.poll(() => callsTo(counts).length, { timeout: 10_000 }).toBe(2);
  await expect.poll(() => router.metric("shared_calls_total"), { timeout: 10_000 }).toBe(1);
  for (const answer of waiting.splice(0)) answer();
  expect((await Promise.all(queries)).map(({ body }) => body.data)).toEqual([{ count: 1 }, { count: 1 }, { other: 2 }]);

  const mutations = [1, 2].map(() => router.query("mutation { add }"));
  await expect.poll(() => waiting.length, { timeout: 10_000 }).toBe(2);
  for (const answer of waiting) answer();
  await Promise.all(mutations);
});

test("operators see the state of each endpoint on a page beside the metrics, and clients do not", async () => {
  const counts = await subgraph(failing);
  const router = await routerWith([counts]);
  await router.query("{ count }");
  const page = await (await fetch(router.metricsUrl)).text();
  expect(page).toContain("<h2>counts</h2>");
  expect(page).toContain(new URL(counts.url).host);
  expect(page).toContain("SUBGRAPH_UNAVAILABLE");
  expect(await router.metric("calls_total", 'outcome="SUBGRAPH_UNAVAILABLE"')).toBe(1);
  expect((await fetch(`${router.url}/metrics`)).status).toBe(404);
});
