import { setTimeout as delay } from "node:timers/promises";

/** Waits for work, but no longer than so many milliseconds. Resolves to whether it was done by then. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  const done = new AbortController();
  const tooLate = delay(ms, false, { signal: done.signal }).catch(() => false);
  return Promise.race([work.then(() => true), tooLate]).finally(() => done.abort());
}
