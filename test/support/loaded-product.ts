import { setTimeout as delay } from "node:timers/promises";
import { startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { writesFirst } from "../../chaos/experiments/mixes.ts";
import { labEnv } from "../../chaos/lab/lab-settings.ts";
import type { History, Registration } from "../../chaos/ledger/check-copy.ts";
import { Ledger } from "../../chaos/ledger/ledger.ts";
import { type Account, registerAccounts } from "../../chaos/load/accounts.ts";
import { GraphqlClient } from "../../chaos/load/graphql-client.ts";
import { performer, runLoad } from "../../chaos/load/load.ts";
import { Writer } from "../../chaos/load/writes.ts";
import { randomFor } from "../../chaos/random.ts";
import type { MongodbWithUsers } from "./mongodb-with-users.ts";

const perSecond = 25;
const newcomerEveryMs = 200;
const regularCount = 6;
const firstTasksEach = 10;
/** So many writes come before whatever is done meanwhile, and behind it. */
const writesAround = 50;
const rules = { hasKeys: true, patienceMs: 30_000 };

/** A running product, with people who do little but write, and newcomers all the time. */
export class LoadedProduct implements AsyncDisposable {
  readonly accounts: Account[] = [];
  readonly #registrations: Registration[] = [];
  readonly #ledger = new Ledger("w");
  readonly #random = randomFor(1, "backup");
  readonly #ending = new AbortController();
  readonly #client: GraphqlClient;
  readonly #writer: Writer;
  #resources = new AsyncDisposableStack();
  #asked = 0;
  #load: Promise<unknown> = Promise.resolve();

  private constructor(client: GraphqlClient) {
    this.#client = client;
    this.#writer = new Writer(client, this.#ledger, rules, this.#random);
  }

  /** Starts it on a MongoDB. */
  static async start({ stackOptions }: MongodbWithUsers): Promise<LoadedProduct> {
    await using resources = new AsyncDisposableStack();
    const stack = resources.use(await startStack({ ...stackOptions, env: labEnv(stackOptions.env), restart: false }));
    const client = resources.use(new GraphqlClient(stack.url));
    const product = new LoadedProduct(client);
    await product.#begin();
    product.#resources = resources.move();
    return product;
  }

  /** What clients have done so far, and been told of it. */
  get history(): History {
    return { tasks: this.#ledger.tasks, registrations: this.#registrations };
  }

  /** Does something in the midst of writes, and tells between which times it was done. Then nothing is written any more. */
  async during(work: () => Promise<unknown>): Promise<{ from: number; to: number }> {
    await this.#someWrites();
    const from = performance.now();
    await work();
    const to = performance.now();
    await this.#someWrites();
    this.#ending.abort();
    await this.#load;
    return { from, to };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#resources.disposeAsync();
  }

  async #begin(): Promise<void> {
    while (this.accounts.length < regularCount) await this.#register();
    const accounts = [...this.accounts];
    await this.#writer.seed(accounts, firstTasksEach);
    const workers = {
      client: this.#client,
      accounts,
      writer: this.#writer,
      ledger: this.#ledger,
      random: this.#random,
    };
    const perform = performer({ ...workers, mix: writesFirst });
    const { signal } = this.#ending;
    const work = runLoad({ perform, perSecond: () => perSecond, signal, onSample: () => {} });
    this.#load = Promise.all([work, this.#comeAllTheTime(signal)]);
    this.#load.catch(() => {}); // `during` awaits it
  }

  async #comeAllTheTime(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Whose registration was not answered under so much load may have an account, and has nothing in it.
      const newcomer = await this.#register().catch(() => undefined);
      if (newcomer) await this.#writer.create(newcomer);
      await delay(newcomerEveryMs);
    }
  }

  async #register(): Promise<Account | undefined> {
    const sentAt = performance.now();
    const [account] = await registerAccounts(this.#client, `b${++this.#asked}`, 1);
    if (!account) return undefined;
    this.#registrations.push({ id: account.id, sentAt, settledAt: performance.now() });
    this.accounts.push(account);
    return account;
  }

  async #someWrites(): Promise<void> {
    const enough = this.#ledger.count("acknowledged") + writesAround;
    const isEnough = () => this.#ledger.count("acknowledged") >= enough;
    await waitUntil(isEnough, { timeoutMs: 30_000, what: "some writes" });
  }
}
