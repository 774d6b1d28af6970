import { setTimeout as delay } from "node:timers/promises";

export interface WaitOptions {
  timeoutMs: number;
  /** Named in the error when the time is over: "timed out after 5000 ms waiting for <what>". */
  what: string;
  pollMs?: number;
  /** Ends the wait by throwing its reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Asks `check` again and again until it gives something other than `undefined` or `false`, and resolves to that.
 * What `check` throws ends the wait. Throws when `timeoutMs` are over.
 */
export async function waitUntil<T>(
  check: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs, what, pollMs = 25, signal }: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    signal?.throwIfAborted();
    const value = await check();
    if (value !== undefined && value !== false) return value;
    if (performance.now() >= deadline) throw new Error(`timed out after ${timeoutMs} ms waiting for ${what}`);
    await delay(pollMs);
  }
}
