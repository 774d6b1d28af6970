import { setTimeout as delay } from "node:timers/promises";

export interface Arrivals {
  /** How many per second, now: it may change while the load runs. */
  readonly perSecond: () => number;
  /** Sends one that was due at `at`, on the clock of `performance.now()`. What it throws ends the load. */
  readonly send: (at: number) => Promise<void>;
  /** Ends the arrivals; those on their way are waited for. */
  readonly signal: AbortSignal;
}

const tickMs = 4;

/**
 * Arrivals at a fixed rate, whatever becomes of earlier ones: a server that stalls meets all that was due meanwhile, as it
 * would meet its users. (Open-loop load; G. Tene on coordinated omission)
 */
export async function runOpenLoop({ perSecond, send, signal }: Arrivals): Promise<void> {
  const onTheirWay = new Set<Promise<void>>();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  let dueAt = performance.now();
  while (!signal.aborted) {
    for (const now = performance.now(); dueAt <= now; dueAt += 1_000 / perSecond()) {
      const sending = send(dueAt)
        .catch(failed.reject)
        .finally(() => onTheirWay.delete(sending));
      onTheirWay.add(sending);
    }
    await Promise.race([delay(tickMs), failed.promise]);
  }
  await Promise.race([Promise.all(onTheirWay), failed.promise]);
}
