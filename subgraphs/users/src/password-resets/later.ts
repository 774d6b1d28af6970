import type { Log } from "@tareas/service-kit/log";
import { runInBackground } from "@tareas/service-kit/request-scope";

const leastDelayMs = 100;
const mostDelayMs = 1_100;
const mostWaiting = 1_000;

type Work = () => Promise<void>;

/**
 * Work that nobody waits for. Each piece begins at a random time within about a second, so that neither the answer to a
 * request nor that to the next one tells how much work the request was. What fails is logged; what is too much is not done.
 */
export class Later implements AsyncDisposable {
  readonly #log: Log;
  readonly #waiting = new Map<NodeJS.Timeout, Work>();
  readonly #running = new Set<Promise<void>>();

  constructor(log: Log) {
    this.#log = log;
  }

  do(work: Work): void {
    if (this.#waiting.size >= mostWaiting) {
      this.#log.warn("too much is waiting to be done: this is not done");
      return;
    }
    const delayMs = leastDelayMs + Math.random() * (mostDelayMs - leastDelayMs);
    const timer = runInBackground(() => setTimeout(() => this.#begin(timer), delayMs));
    this.#waiting.set(timer, work);
  }

  /** Does at once what is waiting, and waits for it. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of [...this.#waiting.keys()]) this.#begin(timer);
    await Promise.all(this.#running);
  }

  #begin(timer: NodeJS.Timeout): void {
    const work = this.#waiting.get(timer);
    clearTimeout(timer);
    this.#waiting.delete(timer);
    if (!work) return;
    const running = work()
      .catch((error) => this.#log.error({ err: error }, "what was left for later failed"))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}
