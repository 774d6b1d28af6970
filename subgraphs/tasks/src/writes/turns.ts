import { untilDeadline } from "@tareas/service-kit/deadline";

/**
 * Lets the writes of one owner take turns within this process. They are correct without it, because MongoDB makes
 * transactions that meet start again; but many at once would meet again and again, each time with work thrown away.
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Runs `work` when all earlier work under this key has ended, well or not. Throws `DeadlineExceeded` when the request's
   * deadline comes before its turn; the work has to see for itself then that nobody waits for it.
   */
  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const turn = before.then(work);
    const ended = turn.then(
      () => {},
      () => {},
    );
    this.#last.set(key, ended);
    void ended.then(() => this.#last.get(key) === ended && this.#last.delete(key));
    await untilDeadline(before);
    return turn;
  }
}
