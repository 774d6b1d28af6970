import { randomInt } from "node:crypto";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { everyday } from "../../../chaos/experiments/mixes.ts";
import type { RunRecord } from "../../../chaos/lab/run-record.ts";
import { checkLedger } from "../../../chaos/ledger/check-ledger.ts";
import { Ledger } from "../../../chaos/ledger/ledger.ts";
import { registerAccounts } from "../../../chaos/load/accounts.ts";
import { GraphqlClient } from "../../../chaos/load/graphql-client.ts";
import { performer, runLoad } from "../../../chaos/load/load.ts";
import type { Sample } from "../../../chaos/load/sample.ts";
import { Writer } from "../../../chaos/load/writes.ts";
import { randomFor } from "../../../chaos/random.ts";
import { storedTasks } from "./stored-tasks.ts";

const perSecond = 25;
const people = 8;
const firstTasksEach = 5;
/** As many operations before and after it as make sure that all is well. */
const around = 100;
const writePatienceMs = 30_000;

/** What was seen of the load, in the chaos lab's terms. */
export type Seen = Pick<RunRecord, "samples" | "phases" | "findings" | "writes">;

/**
 * Lets people use the product as they do all day, does the work meanwhile, and goes on for a little while. Sign-ins, which
 * may be sent only once, are more among them than usual.
 */
export async function underLoad(url: string, work: () => Promise<void>): Promise<Seen> {
  const run = randomInt(2 ** 32).toString(36);
  await using client = new GraphqlClient(url);
  const accounts = await registerAccounts(client, `k${run}`, people);
  const ledger = new Ledger(`w${run}`);
  const random = randomFor(randomInt(2 ** 32), "load");
  const writer = new Writer(client, ledger, { hasKeys: true, patienceMs: writePatienceMs }, random);
  await writer.seed(accounts, firstTasksEach);

  const samples: Sample[] = [];
  const ending = new AbortController();
  const begunAt = performance.now();
  const load = runLoad({
    perform: performer({ client, accounts, writer, ledger, random, mix: { ...everyday, login: 5 } }),
    perSecond: () => perSecond,
    signal: ending.signal,
    onSample: (sample) => samples.push({ ...sample, at: sample.at - begunAt }),
  });
  load.catch(() => {}); // it is awaited below
  const now = () => performance.now() - begunAt;
  const more = async () => {
    const since = now();
    const count = () => samples.filter(({ at }) => at >= since).length;
    await waitUntil(() => count() >= around, { timeoutMs: 60_000, what: "answers to the load" });
  };
  try {
    await more();
    const from = now();
    await work();
    const to = now();
    await more();
    ending.abort();
    await load;
    const fates = ["sent", "acknowledged", "refused", "unknown"] as const;
    return {
      samples,
      phases: { before: { from: 0, to: from }, during: { from, to }, after: { from: to, to: now() } },
      findings: checkLedger(ledger.tasks, await storedTasks(client, accounts)),
      writes: Object.fromEntries(fates.map((fate) => [fate, ledger.count(fate)])) as Seen["writes"],
    };
  } finally {
    ending.abort();
    await load;
  }
}

/**
 * What was not answered in full at the first try, by what it was: "create failed SUBGRAPH_TIMEOUT". Neither a write that went
 * well when it was sent again nor an answer that says that it may be out of date is good enough.
 */
export const failed = ({ samples }: Pick<Seen, "samples">): string[] =>
  samples
    .filter(({ outcome, tries = 1 }) => outcome !== "ok" || tries > 1)
    .map(({ operation, outcome, codes = [], tries = 1, at, ms }) =>
      [operation, outcome, ...codes, `${tries} tries, at ${Math.round(at)} ms, for ${Math.round(ms)} ms`].join(" "),
    );

/** In a line: how much there was, and how long it took. */
export function inWords({ samples, phases, writes }: Seen): string {
  const slowest = Math.round(Math.max(...samples.map(({ ms }) => ms)));
  const seconds = ((phases.during.to - phases.during.from) / 1_000).toFixed(0);
  const bad = failed({ samples }).length;
  return `${seconds} s, ${samples.length} operations, ${bad} failed, the slowest took ${slowest} ms; ${writes.acknowledged} writes acknowledged`;
}
