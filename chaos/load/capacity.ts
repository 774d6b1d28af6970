import type { Perform } from "./load.ts";
import { isUseful } from "./sample.ts";

const clientCounts = [8, 16, 32, 64];
const eachMs = 3_000;

/**
 * The most complete answers per second, each within a second, that so many clients get who each ask again as soon as they are
 * answered. The first round, in which the servers warm up, does not count.
 */
export async function measureCapacity(perform: Perform): Promise<number> {
  await usefulAnswersPerSecond(8, perform);
  let best = 0;
  for (const clients of clientCounts) best = Math.max(best, await usefulAnswersPerSecond(clients, perform));
  return best;
}

async function usefulAnswersPerSecond(clients: number, perform: Perform): Promise<number> {
  const endsAt = performance.now() + eachMs;
  let useful = 0;
  const ask = async () => {
    while (performance.now() < endsAt) {
      const askedAt = performance.now();
      const { outcome } = await perform();
      const now = performance.now();
      if (now < endsAt && isUseful({ outcome, ms: now - askedAt })) useful += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, ask));
  return useful / (eachMs / 1_000);
}
