import type { CallSubgraph, Policy } from "./call.ts";
import { balance } from "./resilience/balance.ts";
import { type BulkheadLimits, bulkhead } from "./resilience/bulkhead.ts";
import type { Endpoint } from "./resilience/endpoint.ts";
import { type RetryLimits, retry } from "./resilience/retry.ts";
import { shareIdentical } from "./resilience/share-identical.ts";
import { timeout } from "./resilience/timeout.ts";
import type { SubgraphMetrics } from "./subgraph-metrics.ts";

export interface SubgraphLimits {
  readonly timeoutMs: number;
  readonly bulkhead: BulkheadLimits;
  readonly retry: RetryLimits;
  readonly sharesIdentical: boolean;
}

/**
 * All that protects the calls to one subgraph, from the outermost to the innermost; each endpoint has a circuit breaker of
 * its own inside.
 */
export function protect(
  endpoints: readonly Endpoint[],
  limits: SubgraphLimits,
  metrics: SubgraphMetrics,
): CallSubgraph {
  const isUsable = () => endpoints.some((endpoint) => endpoint.isUsable);
  const policies: Policy[] = [
    metrics.measured,
    ...(limits.sharesIdentical ? [shareIdentical(metrics, isUsable)] : []),
    timeout(limits.timeoutMs),
    bulkhead(limits.bulkhead, metrics),
    retry(limits.retry, metrics),
  ];
  return policies.reduceRight((inner, policy) => policy(inner), balance(endpoints, metrics));
}
