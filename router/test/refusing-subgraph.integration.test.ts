import { afterEach, expect, test } from "vitest";
import { routerOn } from "./support/router.ts";
import { scriptedSubgraph } from "./support/scripted-subgraph.ts";

const resources: AsyncDisposable[] = [];
afterEach(async () => {
  for (const resource of resources.splice(0).reverse()) await resource[Symbol.asyncDispose]();
});

type Answer = Parameters<typeof scriptedSubgraph>[0];
const extensions = { code: "RATE_LIMITED", retryAfterSeconds: 60 };
const well: Answer = () => ({ data: { count: 1 } });
/** As our own servers refuse what they have no time for. */
const refusing: Answer = () => (response) => {
  response.writeHead(503, { "content-type": "application/json", "retry-after": "60" });
  response.end(JSON.stringify({ errors: [{ message: "too much to do", extensions }] }));
};
/** As our own servers answer while they drain. */
const leaving: Answer = () => (response) => {
  response.writeHead(200, { "content-type": "application/json", "x-envoy-immediate-health-check-fail": "true" });
  response.end(JSON.stringify({ data: { count: 1 } }));
};

async function routerTo(...answers: Answer[]) {
  const subgraphs: Awaited<ReturnType<typeof scriptedSubgraph>>[] = [];
  for (const answer of answers) subgraphs.push(await scriptedSubgraph(answer));
  resources.push(...subgraphs);
  const url = String(subgraphs[0]?.url);
  const router = await routerOn([{ name: "counts", url, sdl: "type Query { count(of: Int): Int }" }], {
    SUBGRAPH_URL_COUNTS: subgraphs.map((subgraph) => subgraph.url).join(),
  });
  resources.push(router);
  return { router, calls: () => subgraphs.map(({ state }) => state.received.length) };
}

test("a subgraph that refuses is asked once a query, and is not left out; clients learn when to come back", async () => {
  const { router, calls } = await routerTo(refusing);
  const queries = 12;
  for (let of = 0; of < queries; of++) {
    const { headers, body } = await router.query(`{ count(of: ${of}) }`);
    expect(body.errors).toEqual([{ message: "too much to do", path: ["count"], extensions }]);
    expect(headers.get("retry-after")).toBe("60");
  }
  expect(calls()).toEqual([queries]);
  const { subgraphs } = (await (await fetch(`${router.url}/health/ready`)).json()) as { subgraphs: object };
  expect(subgraphs).toEqual({ counts: true });
});

test("of two endpoints, the one that refuses does not draw the calls to itself", async () => {
  const { router, calls } = await routerTo(refusing, well);
  for (let of = 0; of < 20; of++) await router.query(`{ count(of: ${of}) }`);
  const [refused = 0, answered = 0] = calls();
  expect(refused).toBeLessThanOrEqual(1);
  expect(answered).toBe(20 - refused);
});

test("of two endpoints, the one that is about to end is asked no more, and the only one is", async () => {
  const pair = await routerTo(leaving, well);
  for (let of = 0; of < 20; of++) await pair.router.query(`{ count(of: ${of}) }`);
  const [left = 0, answered = 0] = pair.calls();
  expect(left).toBeLessThanOrEqual(1);
  expect(answered).toBe(20 - left);

  const single = await routerTo(leaving);
  for (let of = 0; of < 5; of++)
    expect((await single.router.query(`{ count(of: ${of}) }`)).body).toEqual({ data: { count: 1 } });
});
