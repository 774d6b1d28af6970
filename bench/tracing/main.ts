import { quantile } from "../client/figures.ts";
import { type LoadedStack, startLoadedStack, startReceiver } from "./traced-stack.ts";

// What traces cost: how many answers per second the product can give while it records a share of all traces and sends them away,
// against without, by turns. npm run bench:tracing [-- SHARE [AGAINST]] (shares from 0 to 1, or "none"; default: 0.01 none)

const [share = "0.01", against = "none"] = process.argv.slice(2);
// Of two stacks that are alike one is a little quicker, for as long as it lives: each pair is new.
const pairs = 3;
const turnsEach = 4;
const warmUpMs = 8_000;
const turnMs = 6_000;

using receiver = await startReceiver();
const ratios: number[] = [];
const rates: [recording: number, other: number][] = [];

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
    const rate: [number, number] = [0, 0];
    for (const index of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const))
      rate[index] = await stacks[index].capacity(turnMs);
    rates.push(rate);
    ratios.push(rate[0] / rate[1]);
    console.log(`${share}: ${rate[0]}/s, ${against}: ${rate[1]}/s, ratio ${(rate[0] / rate[1]).toFixed(3)}`);
  }
}

for (let pair = 0; pair < pairs; pair++) {
  await using recording = await startLoadedStack(settingsOf(share));
  await using other = await startLoadedStack(settingsOf(against));
  await compare([recording, other]);
}

const median = (values: readonly number[]) => quantile(values, 0.5);
const column = (index: 0 | 1) => median(rates.map((rate) => rate[index]));
console.log(`
median of ${ratios.length} turns: ${column(0)}/s with a share of ${share}, ${column(1)}/s with ${against}
ratio: median ${median(ratios).toFixed(3)}, mean ${(ratios.reduce((a, b) => a + b) / ratios.length).toFixed(3)}, \
half of them from ${quantile(ratios, 0.25).toFixed(3)} to ${quantile(ratios, 0.75).toFixed(3)}, \
all from ${Math.min(...ratios).toFixed(3)} to ${Math.max(...ratios).toFixed(3)}
spans received: ${await receiver.spans()}`);
