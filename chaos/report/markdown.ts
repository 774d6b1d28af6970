import type { About, Report } from "./report.ts";
import type { ReportedVerdict, Result } from "./result.ts";
import { setbackLines } from "./setback-lines.ts";
import { type Runs, runsOf, type Standing, standingOf } from "./standing.ts";
import {
  cautions,
  conclusion,
  controlLine,
  course,
  duration,
  lastRun,
  ledgerLine,
  ledgerVerdict,
  longDuration,
  machineLine,
  product,
  settingsLine,
  settingsOf,
  success,
} from "./words.ts";

const marks: Readonly<Record<Standing, string>> = { passed: "✓", failed: "✗", "can't fail": "✗", "not known": "?" };
const phases = ["before", "during", "after"] as const;

/** The report for people who read it beside the code: a table of all, and a section for each experiment. */
export function renderMarkdown(report: Report): string {
  const sections = report.experiments.map((about) => section(about, runsOf(report, about.name)));
  return `${[...head(report), summary(report), ...sections.flat()].join("\n\n")}\n`;
}

const head = (report: Report) => [
  "# Chaos report",
  `**${conclusion(report)}**`,
  list([
    `Product: ${product(report)}`,
    `Begun ${report.startedAt}, took ${longDuration(report.durationMs)}`,
    `Run: ${settingsLine(report)}`,
    `Machine: ${machineLine(report)}`,
  ]),
];

function summary(report: Report): string {
  const header = ["Experiment", "Verdict", "Success before", "during", "after"];
  const more = ["p99 before", "during", "after", "Detected in", "Recovered in", "Ledger"];
  const rows = report.experiments.map(({ name, title }) => {
    const runs = runsOf(report, name);
    const standing = standingOf(runs);
    return [`[${plain(title)}](#${name})`, `${marks[standing]} ${standing}`, ...figures(lastRun(runs))];
  });
  return table([...header, ...more], rows);
}

function figures(result: Result | undefined): string[] {
  if (!result) return [];
  const all = phases.map((phase) => result.phases[phase].all);
  return [
    ...all.map(success),
    ...all.map(({ latencyMs }) => duration(latencyMs.p99)),
    ...[duration(result.timeToDetectMs), duration(result.timeToRecoverMs), ledgerVerdict(result)],
  ];
}

function section(about: About, runs: Runs): string[] {
  const standing = standingOf(runs);
  const last = lastRun(runs);
  return [
    `<a id="${about.name}"></a>`,
    `## ${marks[standing]} ${plain(about.title)}`,
    `> ${plain(about.hypothesis)}`,
    ...runs.own.flatMap(cautions).map((caution) => `**${caution}**`),
    list([`Verdict: **${standing}**`, `Load: ${course(about)}`, ...(last ? circumstances(last) : [])]),
    ...(last ? [`![${plain(about.title)}: what happened](pictures/${about.name}.svg)`] : []),
    ...runs.own.map((result) => tolerances(result, runs.own.length > 1)),
    ...(runs.controls.length > 0 ? ["### What is missing when…", list(runs.controls.map(controlItem))] : []),
    ...(runs.breakdowns.length > 0
      ? ["### Not done", list(runs.breakdowns.map(({ control, seed, error }) => `${nameOf(control, seed)}: ${error}`))]
      : []),
  ];
}

const circumstances = (result: Result): string[] => [
  `Done to it: ${result.faults.join("; ")}`,
  ...settingsOf(result.env).map((setting) => `Setting of ${setting}`),
  `Writes: ${ledgerLine(result)}`,
];

function tolerances(result: Result, isOneOfSeveral: boolean): string {
  const { verdicts, seed, passed } = result;
  const rows = verdicts.map(({ what, shown, limit, holds }: ReportedVerdict) => [
    what,
    shown,
    limit,
    holds ? "✓" : "✗",
  ]);
  const all = table(["Tolerance", "Value", "Limit", ""], rows);
  const why =
    passed || result.setbacks.total === 0 ? [] : ["What did not go well at the first try:", list(setbackLines(result))];
  return [...(isOneOfSeveral ? [`Seed ${seed}:`] : []), all, ...why].join("\n\n");
}

const controlItem = (result: Result) => `${nameOf(result.control, result.seed)}: ${controlLine(result)}`;
const nameOf = (control: string | null, seed: number) =>
  control === null ? `the experiment (seed ${seed})` : `without ${control} (seed ${seed})`;

const list = (items: readonly string[]) => items.map((item) => `- ${plain(item)}`).join("\n");

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const filled = rows.map((row) => header.map((_, index) => row[index] ?? "–"));
  return [line(header), `|${header.map(() => "---").join("|")}|`, ...filled.map(line)].join("\n");
}

/** On one line, and with nothing that Markdown takes for HTML. */
const plain = (words: string) => words.replaceAll(/\s*\n\s*/g, " ").replaceAll("<", "&lt;");
