import { escaped, table } from "@tareas/service-kit/metrics/page";
import type { SubgraphMetrics } from "./subgraph-metrics.ts";

/** For operators: the state of each subgraph, as far as this router has seen it, as HTML. It holds no data of anybody. */
export const subgraphSections = (subgraphs: readonly SubgraphMetrics[]): string => subgraphs.map(section).join("\n");

function section({ subgraph, endpoints, load, rates, recentErrors }: SubgraphMetrics): string {
  const { perSecond, failedShare } = rates;
  const errors = recentErrors.map(({ at, code, requestId = "" }) => [new Date(at).toISOString(), code, requestId]);
  return `<h2>${escaped(subgraph)}</h2>
<p>${perSecond.toFixed(1)} calls a second in the last minute, ${(failedShare * 100).toFixed(1)} % of them failed;
${load.inFlight} on their way, ${load.queued} waiting.</p>
${table(
  ["Endpoint", "Circuit breaker", "On their way"],
  endpoints.map(({ url, state, inFlight }) => [url.host, state, String(inFlight)]),
)}
${errors.length > 0 ? `<h3>Last errors</h3>${table(["Time", "Code", "Request id"], errors)}` : "<p>No errors so far.</p>"}`;
}
