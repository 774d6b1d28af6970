import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "@tareas/local-stack/wait-until";
import type { Lab } from "../lab/lab.ts";
import { type Account, registerAccounts } from "../load/accounts.ts";
import { type Answer, NoAnswer } from "../load/graphql-client.ts";
import type { Probe } from "./probe.ts";
import { Tally } from "./tally.ts";

const rounds = 20;
const tabs = 8;
/** So that the rounds last as long as the faults do. */
const roundEveryMs = 350;
const patienceMs = 30_000;

/** Many tabs of one account edit one task at the same moment, again and again, each with the version that it has seen. */
export const concurrentEdits: Probe = (lab) => editTogether(lab, true);

/** They do not say which version they have seen: a run that does not tell this proves nothing. */
export const concurrentEditsUnguarded: Probe = (lab) => editTogether(lab, false);

interface Task {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

interface Edit {
  readonly title: string;
  readonly answer: Answer;
  /** Sends it once more, as it was. */
  readonly repeat: () => Promise<Answer>;
}

async function editTogether(lab: Lab, isGuarded: boolean): Promise<Record<string, number>> {
  const tally = newTally();
  const [account] = (await registerAccounts(lab.client, "tabs", 1)) as [Account];
  const ask = asking(lab, account);
  const all: Edit[] = [];
  let task = taskOf(await ask(create, { title: "Round 0" }, randomUUID()), "createTask");
  for (let round = 1; round <= rounds; round++) {
    const pause = delay(roundEveryMs);
    const { id, version } = task;
    const edits = await Promise.all(
      Array.from({ length: tabs }, async (_, tab): Promise<Edit> => {
        const [title, key] = [`Round ${round}, tab ${tab}`, randomUUID()];
        const send = () => ask(update, { id, title, ...(isGuarded && { expectedVersion: version }) }, key);
        return { title, answer: await send(), repeat: send };
      }),
    );
    all.push(...edits);
    const after = taskOf(await ask(read, id), "task");
    judgeRound(tally, { edits, before: task, after });
    await judgeRepeats(tally, edits);
    task = taskOf(await ask(read, id), "task");
    if (task.version !== after.version) tally.add("repeated edits that were done again");
    await pause;
  }
  await judgeRepeats(tally, all); // by now one of the servers that did them has died
  if (taskOf(await ask(read, task.id), "task").version !== task.version)
    tally.add("repeated edits that were done again");
  return tally.counts;
}

const newTally = () =>
  new Tally(
    "edits sent",
    "rounds with other than one winner",
    "edits that overwrote another unseen",
    "edits that were answered and are not there",
    "conflicts that did not tell the current version",
    "edits answered with something else",
    "repeated edits that did not replay",
    "repeated edits that were done again",
  );
type Counts = ReturnType<typeof newTally>;

interface Round {
  readonly edits: readonly Edit[];
  readonly before: Task;
  readonly after: Task;
}

function judgeRound(tally: Counts, { edits, before, after }: Round): void {
  const winners = edits.filter(({ answer }) => answer.errors.length === 0);
  const others = edits.filter(({ answer }) => answer.errors.length > 0);
  tally.add("edits sent", edits.length);
  // All of them have seen the same version: only the first may win.
  tally.add("edits that overwrote another unseen", Math.max(0, winners.length - 1));
  if (winners.length !== 1) tally.add("rounds with other than one winner");
  if (!winners.some(({ title }) => title === after.title) || after.version !== before.version + winners.length)
    tally.add("edits that were answered and are not there");
  for (const { answer } of others) {
    const [error] = answer.errors;
    if (error?.code !== "CONFLICT") tally.add("edits answered with something else");
    else if (error.version !== before.version + 1) tally.add("conflicts that did not tell the current version");
  }
}

/** A repeated winner is answered as before; a repeated loser, which has left nothing behind, loses again. */
async function judgeRepeats(tally: Counts, edits: readonly Edit[]): Promise<void> {
  await Promise.all(
    edits.map(async ({ answer, repeat }) => {
      const repeated = await repeat();
      const isSame =
        JSON.stringify(repeated.data) === JSON.stringify(answer.data) &&
        repeated.errors[0]?.code === answer.errors[0]?.code;
      if (!isSame) tally.add("repeated edits that did not replay");
    }),
  );
}

const fields = "id title version";
const create = `mutation Create($input: CreateTaskInput!) { createTask(input: $input) { task { ${fields} } } }`;
const update = `mutation Edit($input: UpdateTaskInput!) { updateTask(input: $input) { task { ${fields} } } }`;
const read = `query One($input: ID!) { task(id: $input) { ${fields} } }`;
const passing = new Set(["SUBGRAPH_UNAVAILABLE", "SUBGRAPH_TIMEOUT"]);

/** Asks as a tab does: again, with the same key, until somebody has decided. */
function asking({ client }: Lab, { token }: Account) {
  return (query: string, input: unknown, idempotencyKey?: string): Promise<Answer> =>
    waitUntil(
      async () => {
        try {
          const answer = await client.send({ query, variables: { input }, token, idempotencyKey });
          return passing.has(answer.errors[0]?.code ?? "") ? undefined : answer;
        } catch (error) {
          if (!(error instanceof NoAnswer)) throw error;
          return undefined;
        }
      },
      { timeoutMs: patienceMs, pollMs: 100, what: "an answer" },
    );
}

function taskOf({ data, errors }: Answer, field: "createTask" | "task"): Task {
  const found = (field === "task" ? data?.task : (data?.createTask as { task: unknown } | null)?.task) as Task | null;
  if (!found) throw new Error(`there is no task: ${errors[0]?.message}`);
  return found;
}
