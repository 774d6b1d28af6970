import { setTimeout as delay } from "node:timers/promises";
import { ExponentialBackoff, type IBackoff } from "cockatiel";
import { AttemptFailed, isSafeToRepeat, type Policy, type SubgraphRequest } from "../call.ts";
import { RetryBudget } from "./retry-budget.ts";

export interface RetryLimits {
  /** How many more attempts one call may have. */
  readonly retries: number;
  /** How many retries there may be for each hundred calls. */
  readonly budgetPercent: number;
}

const firstDelayMs = 10;
const longestDelayMs = 200;

/**
 * Tries again when an attempt fails, after a moment that differs from call to call (decorrelated jitter), if the call is
 * safe to repeat or never left, and the budget allows it. A call that has taken its time-out is not tried again, nor one
 * that nobody would take.
 */
export function retry({ retries, budgetPercent }: RetryLimits, observe: RetryObserver): Policy {
  const budget = new RetryBudget(budgetPercent / 100);
  const delays = new ExponentialBackoff({ initialDelay: firstDelayMs, maxDelay: longestDelayMs });
  const mayRetry = (request: SubgraphRequest, error: unknown) => {
    if (!(error instanceof AttemptFailed && isSafeToRepeat(request, error))) return false;
    const isAllowed = budget.take();
    observe.retried(isAllowed);
    return isAllowed;
  };
  return (call) => async (request, cancellation) => {
    budget.add();
    let backoff: IBackoff<unknown> | undefined;
    for (let left = retries; ; left -= 1) {
      try {
        return await call(request, cancellation);
      } catch (error) {
        if (left <= 0 || !mayRetry(request, error)) throw error;
      }
      backoff = (backoff ?? delays).next(undefined);
      await delay(backoff.duration);
      if (cancellation.reason) throw cancellation.reason;
    }
  };
}

export interface RetryObserver {
  /** An attempt failed that is worth a retry; whether there was budget for it. */
  retried(isAllowed: boolean): void;
}
