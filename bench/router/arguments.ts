import { parseArgs } from "node:util";
import { type WorkloadName, workloadNames } from "./workloads/workloads.ts";

/** Something is wrong with the command line: `message` says it in one line. */
export class UsageError extends Error {}

export const usage = `npm run bench -- [options]
  --quick          a minute: tasks20 and me, against plain @apollo/gateway only
  --only WORKLOAD  only this workload; several times, or several with commas: ${workloadNames.join(", ")}
  --peer NAME      only against this one; likewise: apollo-gateway, hive, hive-rust
  --url NAME=URL   against a router that you have started, on .data/bench/supergraph.graphql; likewise
  --rounds N       how often each is measured (default: 3)
  --out FOLDER     writes FOLDER/performance.md, and pictures and all figures in FOLDER/performance/
  --help           this`;

const options = {
  quick: { type: "boolean" },
  only: { type: "string", multiple: true },
  peer: { type: "string", multiple: true },
  url: { type: "string", multiple: true },
  rounds: { type: "string" },
  out: { type: "string" },
  help: { type: "boolean" },
} as const;

export interface Command {
  readonly isHelp: boolean;
  readonly isQuick: boolean;
  readonly workloads: readonly WorkloadName[];
  /** Names; all of them when none was asked for. */
  readonly peers: readonly string[];
  /** Routers that run already, by name. */
  readonly urls: ReadonlyMap<string, string>;
  readonly rounds: number;
  readonly out: string | undefined;
}

const quickWorkloads = ["tasks20", "me"] as const;
const defaultRounds = 3;
const mostRounds = 100;

/** Reads the command line. Throws a {@link UsageError} that names what is wrong. */
export function readArguments(args: readonly string[], peerNames: readonly string[]): Command {
  const values = parsed(args);
  const isQuick = values.quick ?? false;
  const names = split(values.only);
  const isWorkload = (name: string): name is WorkloadName => workloadNames.some((known) => known === name);
  for (const name of names) if (!isWorkload(name)) throw new UsageError(`--only: there is no workload ${name}`);
  const peers = split(values.peer);
  for (const name of peers) if (!peerNames.includes(name)) throw new UsageError(`--peer: ${name} is not known`);
  const rounds = Number(values.rounds ?? defaultRounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > mostRounds)
    throw new UsageError(`--rounds: ${values.rounds} is not a number from 1 to ${mostRounds}`);
  return {
    isHelp: values.help ?? false,
    isQuick,
    workloads: names.length > 0 ? names.filter(isWorkload) : isQuick ? quickWorkloads : workloadNames,
    peers: peers.length > 0 ? peers : isQuick ? ["apollo-gateway"] : peerNames,
    urls: new Map(split(values.url).map(namedUrl)),
    rounds,
    out: values.out,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

const split = (given: readonly string[] = []) => given.flatMap((one) => one.split(",")).filter((one) => one !== "");

function namedUrl(text: string): [string, string] {
  const at = text.indexOf("=");
  const [name, url] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || !URL.canParse(url)) throw new UsageError(`--url: ${text} is not NAME=URL`);
  return [name, url];
}
