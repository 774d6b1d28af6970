import type { Breakdown, Report } from "./report.ts";
import type { Result } from "./result.ts";
import { isAsItShouldBe } from "./standing.ts";
import { controlLine, verdictLine } from "./words.ts";
import { escapeXml } from "./xml.ts";

interface Case {
  readonly name: string;
  /** Why it fails. */
  readonly failure?: string;
  /** Why nothing is known of it. */
  readonly error?: string;
}

/** The report for a CI: a suite for each run, in which each verdict is a test, or the one test whether a control fails. */
export function renderJunit(report: Report): string {
  const suites = [...report.results, ...report.breakdowns].map((run) => ({ run, cases: casesOf(run) }));
  const all = suites.flatMap(({ cases }) => cases);
  const total = { name: "chaos", ...counts(all), time: seconds(report.durationMs), timestamp: report.startedAt };
  const content = suites.map(({ run, cases }) => suite(run, cases)).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", total, content)}`;
}

function casesOf(run: Result | Breakdown): Case[] {
  if ("error" in run) return [{ name: "the lab can run it", error: run.error }];
  if (run.control !== null) {
    const name = `it fails without ${run.control}`;
    return [isAsItShouldBe(run) ? { name } : { name, failure: controlLine(run) }];
  }
  return run.verdicts.map((verdict) => {
    const name = `${verdict.what}: ${verdict.limit}`;
    return verdict.holds ? { name } : { name, failure: verdictLine(verdict) };
  });
}

function suite(run: Result | Breakdown, cases: readonly Case[]): string {
  const without = run.control === null ? "" : ` without ${run.control}`;
  const name = `${run.experiment}${without} (seed ${run.seed})`;
  const attributes = { name, ...counts(cases), time: seconds(run.durationMs), timestamp: run.startedAt };
  return element("testsuite", attributes, cases.map((one) => testcase(run.experiment, one)).join(""));
}

function testcase(classname: string, { name, failure, error }: Case): string {
  const why = failure ?? error;
  const content = why === undefined ? "" : element(failure ? "failure" : "error", { message: why }, escapeXml(why));
  return element("testcase", { classname, name }, content);
}

const counts = (cases: readonly Case[]) => ({
  tests: cases.length,
  failures: cases.filter(({ failure }) => failure !== undefined).length,
  errors: cases.filter(({ error }) => error !== undefined).length,
});

const seconds = (ms: number) => (ms / 1_000).toFixed(3);

function element(name: string, attributes: Readonly<Record<string, string | number>>, content: string): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  return `<${name}${list.join("")}>${content}</${name}>\n`;
}
