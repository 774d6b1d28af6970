import type { SubgraphMetrics } from "./subgraph-metrics.ts";

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const row = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join("")}</tr>`;
const head = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<th>${escaped(cell)}</th>`).join("")}</tr>`;

/** A page for operators: the state of each subgraph, as far as this router has seen it. It holds no data of anybody. */
export function statusPage(subgraphs: readonly SubgraphMetrics[]): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Router: subgraphs</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8886 }
</style>
<h1>Subgraphs, as this router sees them</h1>
<p>The numbers are at <a href="/metrics">/metrics</a>. This page loads itself again every five seconds.</p>
${subgraphs.map(section).join("\n")}
</html>`;
}

function section({ subgraph, endpoints, load, rates, recentErrors }: SubgraphMetrics): string {
  const { perSecond, failedShare } = rates;
  const errors = recentErrors.map(({ at, code, requestId = "" }) => row([new Date(at).toISOString(), code, requestId]));
  return `<h2>${escaped(subgraph)}</h2>
<p>${perSecond.toFixed(1)} calls a second in the last minute, ${(failedShare * 100).toFixed(1)} % of them failed;
${load.inFlight} on their way, ${load.queued} waiting.</p>
<table>${head(["Endpoint", "Circuit breaker", "On their way"])}
${endpoints.map(({ url, state, inFlight }) => row([url.host, state, String(inFlight)])).join("\n")}</table>
${errors.length > 0 ? `<h3>Last errors</h3><table>${head(["Time", "Code", "Request id"])}${errors.join("\n")}</table>` : "<p>No errors so far.</p>"}`;
}
