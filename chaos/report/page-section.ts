import { html, Markup } from "./markup.ts";
import type { PagePictures } from "./page.ts";
import { badge, phaseNames, table } from "./page-parts.ts";
import { palette } from "./palette.ts";
import type { About, Breakdown } from "./report.ts";
import type { ReportedVerdict, Result } from "./result.ts";
import { setbackLines } from "./setback-lines.ts";
import { brokenVerdicts, isAsItShouldBe, type Runs, standingOf } from "./standing.ts";
import {
  cautions,
  codesLine,
  course,
  duration,
  eventLine,
  lastRun,
  ledgerLine,
  pictureInWords,
  settingsOf,
  success,
  verdictLine,
} from "./words.ts";

/** An experiment: what is believed, what was done, what was seen, and what was seen without the protection. */
export function pageSection(about: About, runs: Runs, pictures: PagePictures | undefined): Markup {
  const last = lastRun(runs);
  return html`<section id="${about.name}" aria-labelledby="${about.name}-title">
<h2 id="${about.name}-title">${about.title} ${badge(standingOf(runs))}</h2>
<p class="hypothesis">${about.hypothesis}</p>
<h3>What was done</h3>
<ul>${(last?.faults ?? []).map((fault) => html`<li>${fault}</li>`)}<li>${course(about)}</li>${
    last && settingsOf(last.env).map((setting) => html`<li>setting of ${setting}</li>`)
  }</ul>
${last && seen(last, runs.own, pictures)}
${runs.controls.length > 0 && controls(runs.controls)}
${runs.breakdowns.map(breakdown)}
${last && details(last)}
</section>`;
}

const seen = (last: Result, own: readonly Result[], pictures: PagePictures | undefined): Markup =>
  html`<h3>What was seen</h3>
<p>${timing(last)} Writes: ${ledgerLine(last)}.</p>
${own.flatMap(cautions).map((caution) => html`<p class="caution">${caution}</p>`)}
${pictures && figure(last, pictures)}
${own.map((result) => verdicts(result, own.length > 1 ? ` (seed ${result.seed})` : ""))}`;

function timing({ timeToDetectMs, timeToRecoverMs }: Result): string {
  const detected = timeToDetectMs === null ? "Not detected." : `Detected after ${duration(timeToDetectMs)}.`;
  if (timeToRecoverMs === null) return `${detected} Recovery was not seen while it was watched.`;
  const recovered = timeToRecoverMs === 0 ? "at once" : `${duration(timeToRecoverMs)} later`;
  return `${detected} After the undoing of the faults had begun, the last operation that failed was due ${recovered}.`;
}

function figure(result: Result, { wide, narrow }: PagePictures): Markup {
  const label = pictureInWords(result);
  const picture = (svg: string, className: string) =>
    html`<div class="${className}" role="img" aria-label="${label}">${inPage(svg)}</div>`;
  return html`<figure>${picture(wide, "wide")}${picture(narrow, "narrow")}
<figcaption>Operations are shown at the time at which they were due, whenever they ended. Red triangles: broken, or found
to be; green ones: back.</figcaption></figure>`;
}

/** The picture in the colours of the page, which has others in the dark. */
function inPage(svg: string): Markup {
  const coloured = Object.entries(palette).reduce(
    (text, [name, colour]) => text.replaceAll(colour, `var(--${name})`),
    svg,
  );
  return new Markup(coloured.replace("<svg ", '<svg aria-hidden="true" focusable="false" '));
}

function verdicts({ verdicts }: Result, which: string): Markup {
  const row = ({ what, shown, limit, holds }: ReportedVerdict) =>
    html`<tr class="${holds ? "" : "broken"}"><th scope="row">${what}</th><td class="figure">${shown}</td>
<td class="figure">${limit}</td><td>${holds ? "✓" : "✗"} <span class="word">${holds ? "holds" : "broken"}</span></td></tr>`;
  const head = html`<tr><th scope="col">Tolerance</th><th scope="col">Value</th><th scope="col">Limit</th><th scope="col"><span class="word">Verdict</span></th></tr>`;
  return table({ caption: `Tolerances${which}`, head, rows: verdicts.map(row), className: "verdicts" });
}

function controls(results: readonly Result[]): Markup {
  const row = (result: Result) => html`<tr class="${isAsItShouldBe(result) ? "" : "broken"}">
<th scope="row">${result.control ?? ""}</th><td>${isAsItShouldBe(result) ? "✓ fails" : "✗ holds all the same"}</td>
<td>${brokenVerdicts(result).map((verdict) => html`<div>${verdictLine(verdict)}</div>`)}${cautions(result).map(
    (caution) => html`<div class="caution">${caution}</div>`,
  )}</td></tr>`;
  const head = html`<tr><th scope="col">Without</th><th scope="col">It has to fail</th><th scope="col">What breaks</th></tr>`;
  return html`<h3>What is seen without its protection</h3>
${table({ caption: "Negative controls", head, rows: results.map(row) })}`;
}

const breakdown = ({ control, seed, error }: Breakdown): Markup =>
  html`<p class="breakdown">Could not be run${control === null ? "" : ` without ${control}`} (seed ${seed}): ${error}</p>`;

function details(result: Result): Markup {
  const names = [...new Set(phaseNames.flatMap((phase) => Object.keys(result.phases[phase].operations)))].toSorted();
  const head = html`<tr><th scope="col">Operation</th><th scope="col">Phase</th><th scope="col">Count</th><th scope="col">Success</th>
<th scope="col">Good per second</th><th scope="col">p50</th><th scope="col">p95</th><th scope="col">p99</th></tr>`;
  const rows = names.flatMap((name) => phaseNames.map((phase) => operationRow(result, name, phase)));
  const { first, total } = result.events;
  return html`<details><summary>Figures of each operation</summary>
${table({ caption: "Figures of each operation", head, rows })}
</details>
<details><summary>Errors and events</summary>
<h3>Errors by code</h3>
<ul>${phaseNames.map((phase) => html`<li>${phase}: ${codesLine(result.phases[phase])}</li>`)}</ul>
${result.setbacks.total > 0 && setbacks(result)}
<h3>Events</h3>
<ol class="events">${first.map((event) => html`<li><b>${(event.at / 1_000).toFixed(2)} s</b> ${eventLine(event)}</li>`)}</ol>
${total > first.length && html`<p>and ${total - first.length} more</p>`}
</details>`;
}

const setbacks = (result: Result): Markup => html`<h3>What did not go well at the first try</h3>
<ol class="events">${setbackLines(result).map((line) => html`<li>${line}</li>`)}</ol>`;

function operationRow(result: Result, name: string, phase: (typeof phaseNames)[number]): Markup {
  const figures = result.phases[phase].operations[name as keyof Result["phases"]["before"]["operations"]];
  if (!figures) return html``;
  const { p50, p95, p99 } = figures.latencyMs;
  const cells = [success(figures), figures.goodPerSecond.toFixed(1), duration(p50), duration(p95), duration(p99)];
  return html`<tr><th scope="row">${name}</th><td>${phase}</td>${[figures.count, ...cells].map(
    (cell) => html`<td class="figure">${cell}</td>`,
  )}</tr>`;
}
