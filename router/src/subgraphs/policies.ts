import { SubgraphTimeout } from "@tareas/service-kit/errors";
import type { CallSubgraph } from "./call.ts";

/** Wraps a call into one that behaves better. */
export type Policy = (call: CallSubgraph) => CallSubgraph;

export interface SubgraphLimits {
  readonly timeoutMs: number;
}

/** All that protects the calls to one subgraph, from the outermost to the innermost. */
export function protect(call: CallSubgraph, limits: SubgraphLimits): CallSubgraph {
  const policies: Policy[] = [timeout(limits.timeoutMs)];
  return policies.reduceRight((inner, policy) => policy(inner), call);
}

/** The header that tells the callee how long the caller will wait, in milliseconds, as Envoy and its kin write it. */
export const budgetHeader = "x-envoy-expected-rq-timeout-ms";

/**
 * Ends a call after `timeoutMs`, or at the request's deadline if that is sooner, from the wait for a connection to the
 * last byte of the body. The subgraph is told how long it has.
 */
export function timeout(timeoutMs: number): Policy {
  return (call) => async (request, signal) => {
    const budgetMs = Math.floor(Math.min(timeoutMs, request.deadline - performance.now()));
    if (budgetMs <= 0) throw new SubgraphTimeout(request.subgraph);
    const headers = { ...request.headers, [budgetHeader]: String(budgetMs) };
    const timer = new AbortController();
    const timeoutId = setTimeout(() => timer.abort(), budgetMs);
    try {
      return await call({ ...request, headers }, AbortSignal.any([signal, timer.signal]));
    } finally {
      clearTimeout(timeoutId);
    }
  };
}
