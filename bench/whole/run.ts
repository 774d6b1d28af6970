import type { Account } from "./accounts.ts";
import { checkPages } from "./check-pages.ts";
import type { Service } from "./services.ts";
import { measureTurn, type Turn, type TurnParts } from "./turn.ts";
import type { Workload } from "./workloads.ts";

export interface RunParts extends Pick<TurnParts, "stack"> {
  readonly services: { readonly product: Service; readonly express: Service };
  readonly accounts: readonly Account[];
  readonly workloads: readonly Workload[];
  readonly rounds: number;
  /** Ends the run between two turns, by throwing its reason. */
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

/** Compares the answers of both, lets their compilers see each workload once, and measures them in turn. */
export async function runAll(parts: RunParts): Promise<Turn[]> {
  const { services, accounts, workloads, rounds, say } = parts;
  for (const workload of workloads.filter(({ isPage }) => isPage))
    for (const account of accounts) await checkPages(workload, account, services);
  say("warming up");
  await runRound({ ...parts, accounts: accounts.slice(0, 1) }, 0);
  const turns: Turn[] = [];
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}`);
    turns.push(...(await runRound(parts, round)));
  }
  return turns;
}

async function runRound(
  { services, accounts, workloads, stack, signal, say }: RunParts,
  round: number,
): Promise<Turn[]> {
  const turns: Turn[] = [];
  const pairs = accounts.flatMap((account) => Object.values(services).map((service) => ({ account, service })));
  // One way round and then the other: what the machine does besides is the same for all.
  const inOrder = round % 2 === 0 ? pairs : pairs.toReversed();
  for (const workload of workloads)
    for (const pair of inOrder) {
      signal.throwIfAborted();
      const turn = await measureTurn({ ...pair, workload, stack, round });
      turns.push(turn);
      say(inWords(turn));
    }
  return turns;
}

function inWords({ workload, size, service, p50Ms, perSecond, perCoreSecond, failed }: Turn): string {
  const figures = `p50 ${p50Ms} ms, ${Math.round(perSecond)} a second, ${Math.round(perCoreSecond)} per core`;
  return `${workload}, ${size} tasks, ${service}: ${figures}${failed > 0 ? `, ${failed} FAILED` : ""}`;
}
