import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cases } from "./cases.ts";
import { compiledLane } from "./compiled-lane.ts";
import { gatewayLane } from "./gateway-lane.ts";
import type { Answered } from "./lane.ts";
import { RouterUnderTest } from "./router-under-test.ts";
import { testedSupergraphs } from "./supergraph.ts";

// A program, since what the router loads by `import` and by `require` has to be what Node makes of it.
const [first = 0, count = 0] = process.argv.slice(2).map(Number);
const mostDifferences = 5;

/** Fetches that run side by side may fail in any order, and so stand the errors in the answer. */
function comparable({ status, text }: Answered): string {
  const { errors = [], ...rest } = JSON.parse(text) as { readonly errors?: readonly object[] };
  if (errors.length === 0) return `${status} ${text}`;
  return JSON.stringify([status, errors.map((error) => JSON.stringify(error)).sort(), rest]);
}

/** What subgraphs are asked: each question of a query once, though the gateway may ask it again side by side. */
function questions({ calls }: Answered): string {
  const isMutation = (call: string) => (JSON.parse(call) as [string, string, boolean])[2];
  const queries = new Set(calls.filter((call) => !isMutation(call)));
  return [...queries, ...calls.filter(isMutation)].sort().join("\n");
}

const folder = await mkdtemp(join(tmpdir(), "tareas-equality-"));
const routers: RouterUnderTest[] = [];
for (const supergraph of testedSupergraphs())
  routers.push(await RouterUnderTest.start(supergraph, join(folder, "service.key")));
const cases = new Cases(routers.map(({ schema }) => schema));
const ways: Record<string, number> = {};
const differences: object[] = [];
for (let seed = first; seed < first + count && differences.length < mostDifferences; seed += 1) {
  const one = cases.of(seed);
  const router = routers[cases.schemaOf(seed)] as RouterUnderTest;
  const expected = await gatewayLane(router, one);
  const actual = await compiledLane(router, one);
  ways[actual.way] = (ways[actual.way] ?? 0) + 1;
  if (comparable(expected) !== comparable(actual) || questions(expected) !== questions(actual))
    differences.push({ ...one, supergraph: router.name, expected, actual });
}
for (const router of routers) await router[Symbol.asyncDispose]();
await rm(folder, { recursive: true });
process.stdout.write(JSON.stringify({ ways, differences }));
