import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "@tareas/service-kit/log";
import { within } from "@tareas/service-kit/within";
import { Worker } from "./worker.ts";

const firstDelayMs = 200;
const longestDelayMs = 10_000;
/** A worker that lived this long was well: the next delay is the first again. */
const wellAfterMs = 30_000;
const askEveryMs = 2_000;
/** Whoever reads metrics does not wait for a worker that is slower. */
const reportTimeoutMs = 1_000;
/** From the question on; no health check from outside finds one process of several that hangs. */
const hangsAfterMs = 10_000;

interface WorkersOptions {
  readonly log: Log;
  /** Hears of each that has ended. */
  readonly onEnd: (worker: Worker) => void;
}

/** A number of workers, each of which is followed by another when it ends or hangs. Disposing of them drains them all. */
export class Workers implements AsyncDisposable {
  readonly #options: WorkersOptions;
  readonly #running = new Set<Worker>();
  readonly #ending = new AbortController();
  readonly #failed = Promise.withResolvers<never>();
  #asking: NodeJS.Timeout | undefined;

  constructor(options: WorkersOptions) {
    this.#options = options;
  }

  get running(): readonly Worker[] {
    return [...this.#running];
  }

  get serving(): readonly Worker[] {
    return this.running.filter(({ isServing }) => isServing);
  }

  /** Rejects with a `StartError` when nobody answers any more, and who should does not start. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /** Resolves to the URL of all once they listen. Throws a `StartError` when one of them does not get there. */
  async start(count: number): Promise<string> {
    const workers = Array.from({ length: count }, () => this.#start());
    const [url] = await Promise.all(workers.map(({ ready }) => ready));
    for (const worker of workers) void this.#follow(worker);
    this.#asking = setInterval(() => void this.report(), askEveryMs);
    return url as string;
  }

  /** Resolves once those that serve have reported, or have had the time for it. One that has hung for too long is killed. */
  async report(): Promise<void> {
    for (const worker of this.serving) {
      if (worker.silence < hangsAfterMs) continue;
      this.#options.log.error({ pid: worker.pid }, "a worker hangs: it is killed");
      worker.kill("SIGKILL");
    }
    await within(reportTimeoutMs, Promise.all(this.serving.map((worker) => worker.report())));
  }

  /** Throws when one that served has not drained as it should. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    clearInterval(this.#asking);
    const { serving } = this;
    for (const worker of this.#running) worker.kill("SIGTERM");
    await Promise.all(this.running.map(({ ended }) => ended));
    for (const worker of serving) {
      const { code, how } = await worker.ended;
      if (code !== 0) throw new Error(`a worker did not drain: ${how}`);
    }
  }

  #start(): Worker {
    const worker = new Worker();
    this.#running.add(worker);
    void worker.ended.then(() => {
      this.#running.delete(worker);
      this.#options.onEnd(worker);
    });
    return worker;
  }

  /** Starts another one whenever the last has ended, later each time while they don't live long. */
  async #follow(first: Worker): Promise<void> {
    const { signal } = this.#ending;
    let delayMs = firstDelayMs;
    for (let worker = first; ; ) {
      const { how } = await worker.ended;
      if (signal.aborted) return;
      if (worker.age >= wellAfterMs) delayMs = firstDelayMs;
      this.#options.log.error({ pid: worker.pid, how, delayMs }, "a worker has ended: another one is started");
      await delay(delayMs, undefined, { signal }).catch(() => {}); // the only error: we end
      if (signal.aborted) return;
      delayMs = Math.min(2 * delayMs, longestDelayMs);
      worker = this.#start();
      worker.ready.catch((reason: Error) => this.#judge(reason));
    }
  }

  /** One that does not start is a nuisance while others serve; without any, who supervises us has to know. */
  #judge(reason: Error): void {
    if (this.#ending.signal.aborted) return;
    if (this.serving.length === 0) this.#failed.reject(reason);
    else this.#options.log.error({ reason: reason.message }, "a worker does not start");
  }
}
