import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** All of them take some minutes: `EQUALITY_CASES=20000`. Each has a seed, from `EQUALITY_SEED` on. */
const count = Number(process.env.EQUALITY_CASES ?? 800);
const firstSeed = Number(process.env.EQUALITY_SEED ?? 0);
const msPerCase = 150;
/** At least so many of a hundred have to be compiled to the end, or the gateway is compared with itself. */
const leastCompiledPercent = 25;
const leastDepartedPercent = 10;

interface Compared {
  /** How many cases were executed in each way. */
  readonly ways: Readonly<Record<string, number>>;
  readonly differences: readonly object[];
}

test(
  `${count} random operations are answered as Apollo's gateway answers them, byte for byte, and ask the same of subgraphs`,
  async () => {
    const program = [join(import.meta.dirname, "compare.ts"), String(firstSeed), String(count)];
    const { stdout } = await promisify(execFile)(process.execPath, program, { maxBuffer: 100_000_000 });
    const { ways, differences } = JSON.parse(stdout) as Compared;
    expect(differences).toEqual([]);
    const { compiled = 0, departed_errors = 0, departed_shape = 0 } = ways;
    expect((100 * compiled) / count).toBeGreaterThan(leastCompiledPercent);
    expect((100 * (departed_errors + departed_shape)) / count).toBeGreaterThan(leastDepartedPercent);
  },
  60_000 + count * msPerCase,
);
