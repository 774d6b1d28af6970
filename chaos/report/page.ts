import { html, Markup } from "./markup.ts";
import { badge, phaseNames, table } from "./page-parts.ts";
import { pageSection } from "./page-section.ts";
import { pageStyle } from "./page-style.ts";
import type { Report } from "./report.ts";
import type { Result } from "./result.ts";
import { isAllWell, isAsItShouldBe, type Runs, runsOf, standingOf } from "./standing.ts";
import {
  conclusion,
  duration,
  lastRun,
  ledgerVerdict,
  longDuration,
  machineLine,
  product,
  settingsLine,
  success,
} from "./words.ts";

/** Pictures of a run as SVG, for a window and for a phone. */
export interface PagePictures {
  readonly wide: string;
  readonly narrow: string;
}

/** The report as one page that needs nothing else: no scripts, no files. Pictures are by the name of the experiment. */
export function renderPage(report: Report, pictures: ReadonlyMap<string, PagePictures>): string {
  const sections = report.experiments.map((about) =>
    pageSection(about, runsOf(report, about.name), pictures.get(about.name)),
  );
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Chaos report: ${conclusion(report)}</title>
<style>${new Markup(pageStyle)}</style>
</head>
<body>
<header>
<p class="kicker">Tareas · chaos report</p>
<h1>${conclusion(report)}</h1>
${facts(report)}
</header>
<main>
${summary(report)}
${sections}
</main>
<footer>${isAllWell(report) ? "" : "Not all is well. "}Shares of success are rounded down and times up; what is judged is the figure itself.</footer>
</body>
</html>
`;
  return page.text;
}

const facts = (report: Report): Markup => html`<dl class="facts">
<div><dt>Product</dt><dd>${product(report)}</dd></div>
<div><dt>Begun</dt><dd><time datetime="${report.startedAt}">${report.startedAt.slice(0, 16).replace("T", " ")} UTC</time>, took ${longDuration(report.durationMs)}</dd></div>
<div><dt>Run</dt><dd>${settingsLine(report)}</dd></div>
<div><dt>Machine</dt><dd>${machineLine(report)}</dd></div>
</dl>`;

function summary(report: Report): Markup {
  const rows = report.experiments.map(({ name, title }) => {
    const runs = runsOf(report, name);
    const last = lastRun(runs);
    return html`<tr><th scope="row"><a href="#${name}">${title}</a></th><td>${badge(standingOf(runs))}</td>${
      last ? figures(last) : html`<td colspan="9">no run</td>`
    }<td>${controls(runs)}</td></tr>`;
  });
  const phases = phaseNames.map((phase) => html`<th scope="col">${phase}</th>`);
  const head = html`<tr><th scope="col" rowspan="2">Experiment</th><th scope="col" rowspan="2">Verdict</th>
<th scope="colgroup" colspan="3">Success</th><th scope="colgroup" colspan="3">Latency, p99</th>
<th scope="col" rowspan="2">Detected in</th><th scope="col" rowspan="2">Recovered in</th>
<th scope="col" rowspan="2">Ledger</th><th scope="col" rowspan="2">Controls</th></tr>
<tr>${phases}${phases}</tr>`;
  return html`<section aria-labelledby="all"><h2 id="all">All experiments</h2>
${table({ caption: "Verdicts and figures of all experiments", head, rows, className: "summary" })}</section>`;
}

function figures(result: Result): Markup[] {
  const all = phaseNames.map((phase) => result.phases[phase].all);
  const cells = [
    ...all.map(success),
    ...all.map(({ latencyMs }) => duration(latencyMs.p99)),
    ...[duration(result.timeToDetectMs), duration(result.timeToRecoverMs), ledgerVerdict(result)],
  ];
  return cells.map((cell) => html`<td class="figure">${cell}</td>`);
}

function controls({ controls }: Runs): string {
  if (controls.length === 0) return "none run";
  const good = controls.filter(isAsItShouldBe).length;
  return `${good} of ${controls.length} fail, as they should`;
}
