import type { Perform } from "./load.ts";

const clientCounts = [8, 16, 32];
const eachMs = 4_000;

/** The most good answers per second that so many clients get who each ask again as soon as they are answered. */
export async function measureCapacity(perform: Perform): Promise<number> {
  let best = 0;
  for (const clients of clientCounts) best = Math.max(best, await goodAnswersPerSecond(clients, perform));
  return best;
}

async function goodAnswersPerSecond(clients: number, perform: Perform): Promise<number> {
  const endsAt = performance.now() + eachMs;
  let good = 0;
  const ask = async () => {
    while (performance.now() < endsAt) {
      const { outcome } = await perform();
      if (outcome === "ok" && performance.now() < endsAt) good += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, ask));
  return good / (eachMs / 1_000);
}
