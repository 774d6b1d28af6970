import type { Stack } from "@tareas/local-stack/start-stack";
import { quantile } from "../client/figures.ts";
import { type Outcome, putLoad } from "../overload/load.ts";
import type { Account } from "./accounts.ts";
import { secondsOfMongodb } from "./product.ts";
import type { Service, ServiceName } from "./services.ts";
import type { Workload, WorkloadName } from "./workloads.ts";

/** What one of the two did in a turn with one workload, for an account of so many tasks. */
export interface Turn {
  readonly service: ServiceName;
  readonly workload: WorkloadName;
  readonly size: number;
  readonly round: number;
  /** One request at a time. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** With as many on their way as the workload says. */
  readonly perSecond: number;
  /** How many whole answers the servers give for a second of one processor, MongoDB's work not counted. */
  readonly perCoreSecond: number;
  /** The same with MongoDB's work; null when it was started by somebody else. */
  readonly perCoreSecondInAll: number | null;
  /** Answers with errors, and requests without an answer: the figures are void if there are any. */
  readonly failed: number;
}

export interface TurnParts {
  readonly service: Service;
  readonly workload: Workload;
  readonly account: Account;
  readonly stack: Stack;
  readonly round: number;
}

const latencyMs = 1_500;
const capacityMs = 2_000;
const patienceMs = 10_000;
/** Twice as many as places at least, so that each update changes something. */
const requestCount = 400;

export async function measureTurn({ service, workload, account, stack, round }: TurnParts): Promise<Turn> {
  const requests = Array.from({ length: requestCount }, (_, n) => workload[service.name](account, n));
  const put = (together: number, forMs: number) =>
    putLoad({ url: service.url, requests, perSecond: 0, inFlight: together, forMs, patienceMs });
  const alone = await put(1, latencyMs);
  const [servers, mongodb] = [await service.seconds(), await secondsOfMongodb(stack)];
  const together = await put(workload.inFlight, capacityMs);
  const used = (await service.seconds()) - servers;
  const usedByMongodb = mongodb === null ? null : ((await secondsOfMongodb(stack)) ?? 0) - mongodb;
  const answers = together.length - failedOf(together);
  const times = alone.map(({ ms }) => ms);
  return {
    ...{ service: service.name, workload: workload.name, size: account.size, round },
    p50Ms: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    perSecond: (answers * 1_000) / capacityMs,
    perCoreSecond: answers / used,
    perCoreSecondInAll: usedByMongodb === null ? null : answers / (used + usedByMongodb),
    failed: failedOf(alone) + failedOf(together),
  };
}

const failedOf = (outcomes: readonly Outcome[]) => outcomes.filter(({ outcome }) => outcome !== "whole").length;
