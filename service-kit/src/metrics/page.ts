import type { Admission } from "../http/admission/admission.ts";
import type { HttpMetrics } from "./http-metrics.ts";

/** Text as it may stand in HTML. */
export const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const cellsOf = (tag: "td" | "th", cells: readonly string[]) =>
  `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("")}</tr>`;

/** A table of texts. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  `<table>${cellsOf("th", head)}
${rows.map((cells) => cellsOf("td", cells)).join("\n")}</table>`;

/** A page for operators, which loads itself again; `body` is HTML. It holds no data of anybody. */
export function operatorsPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>${escaped(title)}</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8886 }
</style>
<h1>${escaped(title)}</h1>
<p>The numbers are at <a href="/metrics">/metrics</a>. This page loads itself again every five seconds.</p>
${body}
</html>`;
}

/** What a server does with the requests that it gets, as HTML. */
export function requestsSection({ control, refused }: Admission, { answered }: HttpMetrics): string {
  const limit = Number.isFinite(control.limit) ? `at most ${Math.floor(control.limit)} may be` : "any number may be";
  const statuses = [...answered].sort(([one], [other]) => one - other);
  return `<h2>Requests</h2>
<p>${control.inFlight} are worked on, ${limit}; the event loop is ${Math.round(control.delayMs)} ms late.</p>
${table(
  ["Status", "Answers since the start"],
  statuses.map(([status, count]) => [String(status), String(count)]),
)}
<h3>Refused because there was too much to do</h3>
${table(
  ["Priority", "Refused since the start"],
  Object.entries(refused).map(([priority, count]) => [priority, String(count)]),
)}`;
}
