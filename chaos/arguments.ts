import { parseArgs } from "node:util";

/** What is asked for on the command line. */
export type Command = { readonly kind: "help" } | { readonly kind: "list" } | RunCommand;

export interface RunCommand {
  readonly kind: "run";
  /** Names of experiments in the order of the list; all of them when none was asked for. */
  readonly names: readonly string[];
  /** What was asked for: empty for all. */
  readonly only: readonly string[];
  readonly seed: number;
  readonly hasControls: boolean;
  /** Five of them, in half a minute each, without what is a matter of milliseconds. */
  readonly isShort: boolean;
  readonly out: string | undefined;
  readonly repeat: number;
}

/** Something is wrong with the command line: `message` says it in one line. */
export class UsageError extends Error {}

export const usage = `npm run chaos -- [options]
  --only NAME      only this experiment; several times, or several with commas
  --short          five of them, shortened, as in npm test
  --list           name the experiments, and end
  --seed N         what is random is the same for the same number (default: from the clock)
  --no-controls    without the runs that have to fail
  --repeat N       so many times, each with the next seed
  --out FOLDER     where the report goes (default: .data/chaos/<date and time>)
  --help           this`;

const options = {
  only: { type: "string", multiple: true },
  list: { type: "boolean" },
  seed: { type: "string" },
  "no-controls": { type: "boolean" },
  short: { type: "boolean" },
  out: { type: "string" },
  repeat: { type: "string" },
  help: { type: "boolean" },
} as const;

const mostSeed = 2 ** 32 - 1;
const mostRepeats = 1_000;

export interface KnownNames {
  /** Of all experiments. */
  readonly all: readonly string[];
  /** Of those that are run when none is named. */
  readonly usual: readonly string[];
  /** Of those that are run with --short. */
  readonly short: readonly string[];
}

/** Understands a command line. `nowMs` gives the seed when there is none. Throws UsageError. */
export function readCommand(args: readonly string[], known: KnownNames, nowMs: number): Command {
  const values = parse(args);
  if (values.help) return { kind: "help" };
  if (values.list) return { kind: "list" };
  const only = (values.only ?? []).flatMap((names) => names.split(",")).map((name) => name.trim());
  for (const name of only) requireKnown(name, known.all);
  const isShort = values.short === true;
  const unnamed = isShort ? known.short : known.usual;
  if (values.out === "") throw new UsageError("--out needs a folder");
  const repeat = wholeNumber("--repeat", values.repeat ?? "1", 1, mostRepeats);
  return {
    ...{ kind: "run", only, repeat, hasControls: !values["no-controls"], isShort, out: values.out },
    names: only.length === 0 ? unnamed : known.all.filter((name) => only.includes(name)),
    seed: wholeNumber("--seed", values.seed ?? String(Math.floor(nowMs / 1_000)), 0, mostSeed - repeat + 1),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    // Only what is wrong: Node goes on with advice on positional arguments, which there are none of.
    const [message = ""] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(message);
  }
}

function requireKnown(name: string, known: readonly string[]): void {
  if (!known.includes(name)) throw new UsageError(`there is no experiment ${JSON.stringify(name)}: --list names them`);
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${option} needs a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`);
}
