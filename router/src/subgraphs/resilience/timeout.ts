import { budgetHeader } from "@tareas/service-kit/deadline";
import { SubgraphTimeout } from "@tareas/service-kit/errors";
import { CallCancelled, type Policy } from "../call.ts";

/**
 * Ends a call after `timeoutMs`, or at the request's deadline if that is sooner: all of it, from the wait for its turn over
 * every attempt to the last byte of the body. The subgraph is told how long it has. When `signal` aborts, the call ends at
 * once with `CallCancelled`. The signal that goes on has the error as its reason.
 */
export function timeout(timeoutMs: number): Policy {
  return (call) => async (request, signal) => {
    if (signal.aborted) throw new CallCancelled();
    const budgetMs = Math.floor(Math.min(timeoutMs, request.deadline - performance.now()));
    if (budgetMs <= 0) throw new SubgraphTimeout(request.subgraph);
    const headers = { ...request.headers, [budgetHeader]: String(budgetMs) };
    const ending = new AbortController();
    const { promise: ended, reject } = Promise.withResolvers<never>();
    const end = (reason: Error) => {
      ending.abort(reason);
      reject(reason);
    };
    const cancel = () => end(new CallCancelled());
    const timeoutId = setTimeout(() => end(new SubgraphTimeout(request.subgraph)), budgetMs);
    signal.addEventListener("abort", cancel);
    try {
      // What waits for its turn does not hear of the signal.
      return await Promise.race([call({ ...request, headers }, ending.signal), ended]);
    } finally {
      clearTimeout(timeoutId);
      signal.removeEventListener("abort", cancel);
    }
  };
}
