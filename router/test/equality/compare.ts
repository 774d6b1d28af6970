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

interface Answer {
  readonly errors?: readonly object[];
  readonly extensions?: { readonly stale?: readonly object[] };
}

/** Fetches that run side by side may fail in any order, and so stand the errors and the notes on them in the answer. */
function comparable({ status, text }: Answered): string {
  const { errors = [], extensions: { stale = [], ...extensions } = {}, ...rest } = JSON.parse(text) as Answer;
  if (errors.length === 0 && stale.length === 0) return `${status} ${text}`;
  return JSON.stringify([status, sorted(errors), sorted(stale), extensions, rest]);
}

const sorted = (values: readonly object[]) => values.map((value) => JSON.stringify(value)).sort();

/**
 * Whether subgraphs are asked the same: each question of a query once, though the gateway may ask it again side by side. Who
 * departs may have asked more: where the plan lets an alias write over a key, what is asked depends on which of two
 * fetches side by side ends first.
 */
function areAskedTheSame({ calls: expected }: Answered, { calls: actual, way }: Answered): boolean {
  const isMutation = (call: string) => (JSON.parse(call) as [string, string, boolean])[2];
  const queriesOf = (calls: readonly string[]) => new Set(calls.filter((call) => !isMutation(call)));
  const mutationsOf = (calls: readonly string[]) => calls.filter(isMutation).sort().join("\n");
  const [wanted, asked] = [queriesOf(expected), queriesOf(actual)];
  const mayBeMore = way === "departed_errors" || way === "departed_shape";
  return (
    mutationsOf(expected) === mutationsOf(actual) &&
    [...wanted].every((query) => asked.has(query)) &&
    (mayBeMore || asked.size === wanted.size)
  );
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
  if (comparable(expected) !== comparable(actual) || !areAskedTheSame(expected, actual))
    differences.push({ ...one, supergraph: router.name, expected, actual });
}
for (const router of routers) await router[Symbol.asyncDispose]();
await rm(folder, { recursive: true });
process.stdout.write(JSON.stringify({ ways, differences }));
