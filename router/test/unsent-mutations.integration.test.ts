import { afterEach, expect, test } from "vitest";
import { codesOf, countsRouter, disposeAll, failing, startSubgraph, well } from "./support/counts-router.ts";

afterEach(disposeAll);
const breakerOff = { SUBGRAPH_BREAKER_FAILURES: "0" };
const mutate = (router: Awaited<ReturnType<typeof countsRouter>>) => router.query("mutation { add }");

test("mutations without a key that meet a refused connection go to the other endpoint, and arrive once each", async () => {
  const [down, up] = [await startSubgraph(well), await startSubgraph(well)];
  await down[Symbol.asyncDispose]();
  const router = await countsRouter([down, up], breakerOff);
  const answers = [];
  for (let times = 0; times < 50; times++) answers.push(await mutate(router));
  for (const { body } of answers) expect(body).toEqual({ data: { add: 1 } });
  expect(up.state.received).toHaveLength(50);
  expect(await router.metric("attempts_total", `endpoint="${new URL(down.url).host}"`)).toBeGreaterThan(0);
});

test.each([
  ["whose connection breaks when it has arrived", () => (response: { destroy(): unknown }) => void response.destroy()],
  ["that is answered with 503", failing],
] as const)("a mutation without a key %s is not sent again", async (_, answer) => {
  const [one, other] = [await startSubgraph(answer), await startSubgraph(answer)];
  const router = await countsRouter([one, other], breakerOff);
  expect(codesOf(await mutate(router))).toEqual(["SUBGRAPH_UNAVAILABLE"]);
  expect(one.state.received.length + other.state.received.length).toBe(1);
});

test("a mutation without a key that nobody can take fails as unavailable", async () => {
  const down = await startSubgraph(well);
  await down[Symbol.asyncDispose]();
  const router = await countsRouter([down], breakerOff);
  expect(codesOf(await mutate(router))).toEqual(["SUBGRAPH_UNAVAILABLE"]);
});
