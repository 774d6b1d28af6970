import { budgetHeader } from "@tareas/service-kit/deadline";
import { SubgraphTimeout } from "@tareas/service-kit/errors";
import { CallCancelled, type Policy } from "../call.ts";
import { Cancellation, unlessCancelled } from "../cancellation.ts";

/**
 * Ends a call after `timeoutMs`, or at the request's deadline if that is sooner: all of it, from the wait for its turn over
 * every attempt to the last byte of the body. The subgraph is told how long it has. When the caller cancels, the call ends
 * at once with `CallCancelled`. The cancellation that goes on has the error as its reason.
 */
export function timeout(timeoutMs: number): Policy {
  return (call) => async (request, cancellation) => {
    if (cancellation.reason) throw new CallCancelled();
    const budgetMs = Math.floor(Math.min(timeoutMs, request.deadline - performance.now()));
    if (budgetMs <= 0) throw new SubgraphTimeout(request.subgraph);
    const headers = { ...request.headers, [budgetHeader]: String(budgetMs) };
    const ending = new Cancellation();
    const cancel = () => ending.cancel(new CallCancelled());
    const timer = setTimeout(() => ending.cancel(new SubgraphTimeout(request.subgraph)), budgetMs);
    cancellation.listen(cancel);
    try {
      // What waits for its turn does not hear of it.
      return await unlessCancelled(call({ ...request, headers }, ending), ending);
    } finally {
      clearTimeout(timer);
      cancellation.ignore(cancel);
    }
  };
}
