import { request } from "node:http";
import { afterEach, expect, test } from "vitest";
import { type Answer, callsTo, countsRouter, disposeAll, startSubgraph, well } from "./support/counts-router.ts";

afterEach(disposeAll);
type Router = Awaited<ReturnType<typeof countsRouter>>;
const patience = { timeout: 10_000 };

/** A subgraph that holds its answers back, and sees which connections are closed meanwhile. */
async function slowSubgraph() {
  const held = { closed: 0, release: [] as (() => void)[] };
  const answer: Answer = (received) => (response) => {
    response.once("close", () => {
      if (!response.writableFinished) held.closed += 1;
    });
    held.release.push(() => response.setHeader("content-type", "application/json").end(JSON.stringify(well(received))));
  };
  return { held, subgraph: await startSubgraph(answer) };
}

/** Sends an operation; `leave` closes the connection. */
function send(router: Router, query: string) {
  const sent = request(`${router.url}/graphql`, { method: "POST", headers: { "content-type": "application/json" } });
  sent.on("error", () => {}); // a client that leaves has no use for it
  const closed = new Promise((resolve) => sent.once("close", resolve));
  sent.end(JSON.stringify({ query }));
  return {
    leave: async () => {
      sent.destroy();
      await closed;
    },
  };
}

test("a call to a subgraph ends when the client has gone, and counts as no failure", async () => {
  const { held, subgraph } = await slowSubgraph();
  const router = await countsRouter([subgraph]);
  const { leave } = send(router, "{ count }");
  await expect.poll(() => callsTo(subgraph).length, patience).toBe(1);
  expect(held.closed).toBe(0);
  await leave();
  await expect.poll(() => held.closed, patience).toBe(1);
  await expect.poll(() => router.metric("calls_total", 'outcome="cancelled"'), patience).toBe(1);
  expect(await router.metric("attempts_total", 'outcome="cancelled"')).toBe(1);
  expect(await router.metric("calls_total", 'outcome="SUBGRAPH_TIMEOUT"')).toBeNaN();
  expect(await router.metric("calls_in_flight")).toBe(0);
  expect(await (await fetch(router.metricsUrl)).text()).toContain("No errors so far.");
  expect(router.logs.filter((line) => /can't be reached|internal error|masked/.test(line))).toEqual([]);
});

test("a call that two clients share ends when both have gone, and not before", async () => {
  const { held, subgraph } = await slowSubgraph();
  const router = await countsRouter([subgraph]);
  const first = send(router, "{ count }");
  await expect.poll(() => callsTo(subgraph).length, patience).toBe(1);
  const second = send(router, "{ count }");
  await expect.poll(() => router.metric("shared_calls_total"), patience).toBe(1);
  await first.leave();
  await expect.poll(() => router.metric("calls_total", 'outcome="cancelled"'), patience).toBe(1);
  expect(held.closed).toBe(0);
  await second.leave();
  await expect.poll(() => held.closed, patience).toBe(1);
  expect(callsTo(subgraph)).toHaveLength(1);
});

test("who shares a call with one that has gone gets the answer, and who comes after both asks anew", async () => {
  const { held, subgraph } = await slowSubgraph();
  const router = await countsRouter([subgraph]);
  const first = send(router, "{ count }");
  await expect.poll(() => callsTo(subgraph).length, patience).toBe(1);
  const second = router.query("{ count }");
  await expect.poll(() => router.metric("shared_calls_total"), patience).toBe(1);
  await first.leave();
  await expect.poll(() => router.metric("calls_total", 'outcome="cancelled"'), patience).toBe(1);
  held.release[0]?.();
  expect((await second).body).toEqual({ data: { count: 1 } });

  const third = send(router, "{ count }");
  await expect.poll(() => callsTo(subgraph).length, patience).toBe(2);
  await third.leave();
  await expect.poll(() => held.closed, patience).toBe(1);
  const fourth = router.query("{ count }");
  await expect.poll(() => callsTo(subgraph).length, patience).toBe(3);
  held.release[2]?.();
  expect((await fourth).body).toEqual({ data: { count: 1 } });
});

test("the breaker stays closed after 20 clients that left", async () => {
  const { held, subgraph } = await slowSubgraph();
  const router = await countsRouter([subgraph]);
  for (let of = 1; of <= 20; of++) {
    const { leave } = send(router, `{ count(of: ${of}) }`);
    await expect.poll(() => callsTo(subgraph).length, patience).toBe(of);
    await leave();
    await expect.poll(() => held.closed, patience).toBe(of);
  }
  expect(await router.metric("breaker_state")).toBe(0);
  subgraph.state.answer = well;
  expect((await router.query("{ count }")).body).toEqual({ data: { count: 1 } });
});

test("a mutation goes on when its client has gone", async () => {
  const { held, subgraph } = await slowSubgraph();
  const router = await countsRouter([subgraph]);
  const mutation = send(router, "mutation { add }");
  await expect.poll(() => callsTo(subgraph).length, patience).toBe(1);
  const query = send(router, "{ count }");
  await expect.poll(() => callsTo(subgraph).length, patience).toBe(2);
  await mutation.leave();
  await query.leave();
  await expect.poll(() => held.closed, patience).toBe(1); // the query's
  held.release[0]?.();
  await expect.poll(() => router.metric("calls_total", 'outcome="ok"'), patience).toBe(1);
  expect(held.closed).toBe(1);
});

test("a trial whose client has gone leaves the breaker open, and the endpoint is used again after the next", async () => {
  const subgraph = await startSubgraph(() => (response) => void response.writeHead(503).end());
  const router = await countsRouter([subgraph], {
    SUBGRAPH_BREAKER_FAILURES: "1",
    SUBGRAPH_BREAKER_OPEN_MS: "50",
    SUBGRAPH_RETRIES: "0",
  });
  await router.query("{ count }");
  expect(await router.metric("breaker_state")).toBe(2);
  const before = callsTo(subgraph).length;

  subgraph.state.answer = ({ query }) => (query === "{__typename}" ? {} : () => {});
  const sent: ReturnType<typeof send>[] = [];
  const isTried = () => {
    sent.push(send(router, "{ count }"));
    return callsTo(subgraph).length;
  };
  await expect.poll(isTried, patience).toBe(before + 1);
  expect(await router.metric("breaker_state")).toBe(1);
  for (const { leave } of sent) await leave();
  await expect.poll(() => router.metric("breaker_state"), patience).toBe(2);

  subgraph.state.answer = well;
  await expect.poll(async () => (await router.query("{ count }")).body, patience).toEqual({ data: { count: 1 } });
  expect(await router.metric("breaker_state")).toBe(0);
});
