import { parseArgs } from "node:util";
import { UsageError } from "../router/arguments.ts";
import { type WorkloadName, workloadNames } from "./workloads.ts";

export const usage = `npm run bench:whole -- [options]
  --sizes N,N,…    how many tasks the accounts have (default: 1000,100000,1000000)
  --only WORKLOAD  only this workload, or several with commas: ${workloadNames.join(", ")}
  --rounds N       how often each is measured (default: 3)
  --out FOLDER     writes FOLDER/performance/whole-product.md, and all figures beside it
  --help           this`;

export interface Command {
  readonly isHelp: boolean;
  readonly sizes: readonly number[];
  readonly workloads: readonly WorkloadName[];
  readonly rounds: number;
  readonly out: string | undefined;
}

const options = {
  sizes: { type: "string", default: "1000,100000,1000000" },
  only: { type: "string", default: workloadNames.join() },
  rounds: { type: "string", default: "3" },
  out: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** With fewer, pages would not be full. */
const leastTasks = 1_000;

/** Reads the command line. Throws a {@link UsageError} that names what is wrong. */
export function readArguments(args: readonly string[]): Command {
  const { sizes, only, rounds, out, help } = parsed(args);
  return {
    isHelp: help,
    sizes: sizes.split(",").map((size) => wholeNumber("--sizes", size, leastTasks)),
    workloads: only.split(",").map(workloadNamed),
    rounds: wholeNumber("--rounds", rounds, 1),
    out,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`${option}: ${text} is not a number from ${least} on`);
}

function workloadNamed(name: string): WorkloadName {
  const found = workloadNames.find((known) => known === name);
  if (!found) throw new UsageError(`--only: there is no workload ${name}`);
  return found;
}
