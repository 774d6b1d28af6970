import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Fate, Ledger, LedgerTask, LedgerWrite } from "../ledger/ledger.ts";
import { pick, type Random } from "../random.ts";
import type { Account } from "./accounts.ts";
import { type Answer, answerInWords, type GraphqlClient, NoAnswer, type Request } from "./graphql-client.ts";
import type { Result, Setback } from "./sample.ts";

export interface WriteRules {
  /** Whether writes carry an Idempotency-Key. Without it, trying again may do a thing twice. */
  readonly hasKeys: boolean;
  /** How long a write is tried, in ms; then its fate is unknown. */
  readonly patienceMs: number;
}

const mutations = {
  create: `mutation Create($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }`,
  rename: `mutation Rename($input: UpdateTaskInput!) { updateTask(input: $input) { task { id } } }`,
  delete: `mutation Delete($input: DeleteTaskInput!) { deleteTask(input: $input) { task { id } } }`,
};

interface Attempt {
  readonly fate: Fate;
  readonly answer?: Answer;
  readonly code?: string;
  readonly setback?: Setback;
  /** For how long the server asks not to be asked again. */
  readonly waitMs?: number;
}

// After these it is right to try again: nobody has decided about the write.
const passing = new Set(["SUBGRAPH_UNAVAILABLE", "SUBGRAPH_TIMEOUT", "RATE_LIMITED", "INTERNAL_SERVER_ERROR"]);
/** As the web app's: the pause doubles with each try, and half of it is left to chance. */
const pauseMs = { first: 1_000, most: 30_000 };

/** Makes writes as the web app's queue does: one at a time for each task, each with one key until it is answered. */
export class Writer {
  readonly #client: GraphqlClient;
  readonly #ledger: Ledger;
  readonly #rules: WriteRules;
  readonly #random: Random;
  /** Those that can be written to: made, there, and with nothing on its way. */
  readonly #idle: { readonly task: LedgerTask; readonly account: Account }[] = [];

  constructor(client: GraphqlClient, ledger: Ledger, rules: WriteRules, random: Random) {
    this.#client = client;
    this.#ledger = ledger;
    this.#rules = rules;
    this.#random = random;
  }

  /** Makes so many tasks for each, side by side for different people. Throws when one of them can't be made. */
  async seed(accounts: readonly Account[], each: number): Promise<void> {
    await Promise.all(
      accounts.map(async (account) => {
        for (let number = 0; number < each; number++) {
          const { outcome, code } = await this.create(account);
          if (outcome !== "ok") throw new Error(`the first tasks could not be made: ${code}`);
        }
      }),
    );
  }

  async create(account: Account): Promise<Result> {
    const { task, write } = this.#ledger.begin(account.id);
    const { answer, ...result } = await this.#settle(write, account, { title: write.title });
    const made = (answer?.data?.createTask as { task: { id: string } } | undefined)?.task;
    if (made) this.#idle.push({ task: Object.assign(task, { id: made.id }), account });
    return result;
  }

  /** Renames or deletes some task; makes one when there is none to change. */
  async change(kind: "rename" | "delete", account: Account): Promise<Result> {
    if (this.#idle.length === 0) return this.create(account);
    const chosen = pick(this.#random, this.#idle);
    this.#idle.splice(this.#idle.indexOf(chosen), 1);
    const { task, account: owner } = chosen;
    const title = kind === "rename" ? `${task.marker} is renamed ${task.writes.length}` : undefined;
    const write = this.#ledger.add(task, { kind, ...(title && { title }) });
    const { answer: _, ...result } = await this.#settle(write, owner, { id: task.id, ...(title && { title }) });
    // One of unknown fate may be done yet.
    if (kind === "rename" && write.fate !== "unknown") this.#idle.push(chosen);
    return result;
  }

  async #settle(write: LedgerWrite, { token }: Account, input: Record<string, unknown>) {
    const idempotencyKey = this.#rules.hasKeys ? randomUUID() : undefined;
    if (idempotencyKey !== undefined) write.idempotencyKey = idempotencyKey;
    const request = { query: mutations[write.kind], variables: { input }, token, idempotencyKey };
    const patience = performance.now() + this.#rules.patienceMs;
    const codes = new Set<string>();
    let setback: Setback | undefined;
    for (let tries = 1; ; tries++) {
      const { fate, answer, code, waitMs = 0, ...attempt } = await this.#try(request);
      setback ??= attempt.setback;
      if (code !== undefined) codes.add(code);
      if (fate !== "unknown" || performance.now() >= patience) {
        // What was refused may have been done by an earlier try whose answer was lost.
        this.#ledger.settle(write, fate === "refused" && tries > 1 ? "unknown" : fate);
        return { answer, ...resultOf(fate, tries, code, codes), ...(setback && { setback }) };
      }
      const backoffMs = Math.min(pauseMs.first * 2 ** (tries - 1), pauseMs.most);
      await delay(Math.max(waitMs, backoffMs * (0.5 + this.#random() / 2)));
    }
  }

  async #try(request: Request): Promise<Attempt> {
    const startedAt = performance.now();
    const setback = (got: string) => ({ setback: { got, ms: performance.now() - startedAt } });
    try {
      const answer = await this.#client.send(request);
      const [error] = answer.errors;
      if (!error) return { fate: "acknowledged", answer };
      const { code, retryAfterSeconds = 0 } = error;
      const fate = passing.has(code) ? "unknown" : "refused";
      return { fate, answer, code, waitMs: retryAfterSeconds * 1_000, ...setback(answerInWords(answer)) };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { fate: "unknown", code: error.code, ...setback(error.message) };
    }
  }
}

function resultOf(fate: Fate, tries: number, code: string | undefined, codes: ReadonlySet<string>): Result {
  const outcome = fate === "acknowledged" ? "ok" : "failed";
  return { outcome, tries, ...(code !== undefined && { code }), ...(codes.size > 0 && { codes: [...codes] }) };
}
