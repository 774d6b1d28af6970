import { quantile } from "../client/figures.ts";
import { type Capacity, type LoadedStack, startLoadedStack, startReceiver } from "./traced-stack.ts";

// What traces cost: how many answers per second the product can give while it records a share of all traces and sends them away,
// against without, by turns. npm run bench:tracing [-- SHARE [AGAINST]] (shares from 0 to 1, or "none"; default: 0.01 none)

const [share = "0.01", against = "none"] = process.argv.slice(2);
// Of two stacks that are alike one is a little quicker, for as long as it lives: each pair is new.
const pairs = 3;
const turnsEach = 4;
const warmUpMs = 8_000;
const turnMs = 6_000;

using receiver = await startReceiver();
const turns: [recording: Capacity, other: Capacity][] = [];

const settingsOf = (traced: string): NodeJS.ProcessEnv =>
  traced === "none"
    ? { OTEL_TRACES_EXPORTER: "none" }
    : {
        OTEL_TRACES_EXPORTER: "zipkin",
        OTEL_EXPORTER_ZIPKIN_ENDPOINT: receiver.url,
        OTEL_TRACES_SAMPLER_ARG: traced,
      };

/** Takes turns in the order 1 2, 2 1, 1 2, …: what the machine does besides is the same for both. */
async function compare(stacks: readonly [LoadedStack, LoadedStack]): Promise<void> {
  for (const stack of stacks) await stack.capacity(warmUpMs);
  for (let turn = 0; turn < turnsEach; turn++) {
    const isEven = turn % 2 === 0;
    const first = await stacks[isEven ? 0 : 1].capacity(turnMs);
    const second = await stacks[isEven ? 1 : 0].capacity(turnMs);
    turns.push(isEven ? [first, second] : [second, first]);
    console.log(inWords(turns.slice(-1)));
  }
}

const quantity = { perSecond: "answers per second", processorMs: "ms of a processor for each" } as const;

function inWords(some: typeof turns): string {
  return (["perSecond", "processorMs"] as const)
    .map((name) => {
      const ratios = some.map(([recording, other]) => recording[name] / other[name]);
      const of = (index: 0 | 1) =>
        quantile(
          some.map((turn) => turn[index][name]),
          0.5,
        ).toFixed(1);
      const spread =
        some.length === 1
          ? ""
          : `; half from ${at(ratios, 0.25)} to ${at(ratios, 0.75)}, all from ${at(ratios, 0)} to ${at(ratios, 1)}`;
      return `${of(0)} against ${of(1)} ${quantity[name]}: ${at(ratios, 0.5)}${spread}`;
    })
    .join(some.length === 1 ? ", " : "\n");
}

const at = (values: readonly number[], share: number) => quantile(values, share).toFixed(3);

for (let pair = 0; pair < pairs; pair++) {
  await using recording = await startLoadedStack(settingsOf(share));
  await using other = await startLoadedStack(settingsOf(against));
  await compare([recording, other]);
}
console.log(`\na share of ${share} against ${against}, medians of ${turns.length} turns:\n${inWords(turns)}`);
console.log(`spans received: ${await receiver.spans()}`);
