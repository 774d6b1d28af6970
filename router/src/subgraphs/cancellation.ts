/**
 * Says to work that nobody waits for it any more. It does what an AbortSignal does, at a tenth of its cost: every call of
 * every request has a few of these, and hardly any is ever cancelled.
 */
export class Cancellation {
  /** Why; undefined as long as it is not cancelled. */
  reason: Error | undefined;
  readonly #listeners = new Set<Listener>();

  /** Only the first time counts. */
  cancel(reason: Error): void {
    if (this.reason) return;
    this.reason = reason;
    for (const listener of this.#listeners) listener(reason);
    this.#listeners.clear();
  }

  /** Calls `listener` once, when it is cancelled; `ignore` takes it back. */
  listen(listener: Listener): void {
    if (this.reason) listener(this.reason);
    else this.#listeners.add(listener);
  }

  ignore(listener: Listener): void {
    this.#listeners.delete(listener);
  }
}

type Listener = (reason: Error) => void;

/** What is never cancelled. */
export const uncancelled = new Cancellation();

/** Waits for work until it is cancelled, and throws the reason then; the work goes on by itself. */
export function unlessCancelled<T>(work: Promise<T>, cancellation: Cancellation): Promise<T> {
  return new Promise((resolve, reject) => {
    cancellation.listen(reject);
    work.then(
      (value) => {
        cancellation.ignore(reject);
        resolve(value);
      },
      (error: unknown) => {
        cancellation.ignore(reject);
        reject(error);
      },
    );
  });
}
