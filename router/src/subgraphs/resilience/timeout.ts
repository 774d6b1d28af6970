import { budgetHeader } from "@tareas/service-kit/deadline";
import { SubgraphTimeout } from "@tareas/service-kit/errors";
import type { Policy } from "../call.ts";

/**
 * Ends a call after `timeoutMs`, or at the request's deadline if that is sooner: all of it, from the wait for its turn over
 * every attempt to the last byte of the body. The subgraph is told how long it has.
 */
export function timeout(timeoutMs: number): Policy {
  return (call) => async (request, signal) => {
    const budgetMs = Math.floor(Math.min(timeoutMs, request.deadline - performance.now()));
    if (budgetMs <= 0) throw new SubgraphTimeout(request.subgraph);
    const headers = { ...request.headers, [budgetHeader]: String(budgetMs) };
    const timer = new AbortController();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timeoutId = setTimeout(() => {
      timer.abort();
      reject(new SubgraphTimeout(request.subgraph));
    }, budgetMs);
    try {
      // What waits for its turn does not hear of the signal.
      return await Promise.race([call({ ...request, headers }, AbortSignal.any([signal, timer.signal])), late]);
    } finally {
      clearTimeout(timeoutId);
    }
  };
}
