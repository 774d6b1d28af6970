import { pick, type Random } from "../random.ts";
import type { Account } from "./accounts.ts";
import type { GraphqlClient } from "./graphql-client.ts";
import type { Mix } from "./load.ts";
import { type ReadName, read } from "./reads.ts";

interface CapacityOptions {
  readonly client: GraphqlClient;
  readonly accounts: readonly Account[];
  readonly random: Random;
  /** Of which only the reads count: writes would grow the data. */
  readonly mix: Mix;
}

const clientCounts = [8, 16, 32];
const eachMs = 4_000;

/** The most complete answers per second that so many clients get who each ask as soon as they are answered. */
export async function measureCapacity(options: CapacityOptions): Promise<number> {
  let best = 0;
  for (const clients of clientCounts) best = Math.max(best, await goodAnswersPerSecond(clients, options));
  return best;
}

async function goodAnswersPerSecond(clients: number, { client, accounts, random, mix }: CapacityOptions) {
  const names = (["tasks", "me", "federated"] as const).flatMap((name) => Array<ReadName>(mix[name] ?? 0).fill(name));
  const endsAt = performance.now() + eachMs;
  let good = 0;
  const ask = async () => {
    while (performance.now() < endsAt) {
      const { outcome } = await read(client, pick(random, names), pick(random, accounts));
      if (outcome === "ok") good += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, ask));
  return good / (eachMs / 1_000);
}
