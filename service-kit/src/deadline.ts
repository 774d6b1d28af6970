import { currentScope } from "./request-scope.ts";

/** The header that tells the callee how long the caller will wait, in milliseconds, as Envoy and its kin write it. */
export const budgetHeader = "x-envoy-expected-rq-timeout-ms";

/** Nobody waits for the answer any more: its time is over, or who asked has gone. */
export class DeadlineExceeded extends Error {
  /** What Fastify answers with when a route throws it. */
  readonly statusCode = 504;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

// Nearly everything that is on its way by then ends by itself within this time. What has to be broken off costs its
// connection: many at once would be a storm of new ones.
const graceMs = 200;

/** How long anybody waits for an answer, and what stops when nobody does any more. */
export class Deadline implements Disposable {
  /** Aborts, with a `DeadlineExceeded`, when work should stop: nothing new begins from then on. */
  readonly signal: AbortSignal;
  /** Aborts a little later: what is still on its way is broken off. */
  readonly breakOff: AbortSignal;
  readonly #stop = new AbortController();
  readonly #break = new AbortController();
  readonly #at: number;
  #timer: NodeJS.Timeout;

  /** Over in `budgetMs` from now. */
  constructor(budgetMs: number) {
    this.signal = this.#stop.signal;
    this.breakOff = this.#break.signal;
    this.#at = performance.now() + budgetMs;
    this.#timer = setTimeout(() => this.#end("the time for an answer is over"), budgetMs);
  }

  /** What is left of the time, in whole milliseconds, 1 at least. Throws `DeadlineExceeded` when there is none. */
  leftMs(): number {
    this.signal.throwIfAborted();
    return Math.max(1, Math.ceil(this.#at - performance.now()));
  }

  /** Ends it now: who asked has gone. */
  abandon(): void {
    if (!this.signal.aborted) this.#end("the caller has gone");
  }

  /** The answer is there in time. When it is not, what is on its way is still broken off. */
  [Symbol.dispose](): void {
    if (!this.signal.aborted) clearTimeout(this.#timer);
  }

  #end(reason: string): void {
    clearTimeout(this.#timer);
    const error = new DeadlineExceeded(reason);
    this.#stop.abort(error);
    this.#timer = setTimeout(() => this.#break.abort(error), graceMs);
  }
}

/** Waits for work of the current request until its deadline. Throws `DeadlineExceeded` then; the work goes on by itself. */
export function untilDeadline<T>(work: Promise<T>): Promise<T> {
  const signal = currentScope()?.deadline?.signal;
  return signal ? untilAborted(work, signal) : work;
}

/** Waits for work until the signal aborts, and throws its reason then. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  if (signal.aborted) giveUp();
  else signal.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
