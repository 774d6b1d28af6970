import { existsSync, readFileSync } from "node:fs";

export interface Tally {
  passed: number;
  failed: number;
}

/** The exit code of tests that can't be tried where they are, as Automake has it. */
export const notTried = 77;

/** What makes vitest tell people what it does, and write its JSON report into a file. */
export const reportTo = (file: string) => ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];

/** What is used here of vitest's JSON report. */
interface Report {
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
}

export interface CountOptions {
  /** vitest's own. */
  exitCode: number;
  /** Whether tests were left out on purpose. Otherwise a test that did not run is a failed one. */
  maySkip: boolean;
}

/**
 * Counts vitest's JSON report at `path`. A file that failed outside its tests (an import, a hook) counts as one failed;
 * so does a run that ended badly for a reason that the report does not tell (an unhandled error, no report at all).
 */
export function countTests(path: string, { exitCode, maySkip }: CountOptions): Tally {
  const files = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Report).testResults : [];
  const tally: Tally = { passed: 0, failed: 0 };
  for (const { status, assertionResults } of files) {
    const statuses = assertionResults.map((result) => result.status);
    const failed = statuses.filter((one) => one === "failed" || (one !== "passed" && !maySkip)).length;
    tally.passed += statuses.filter((one) => one === "passed").length;
    tally.failed += failed === 0 && status === "failed" ? 1 : failed;
  }
  const isUntold = exitCode !== 0 || !existsSync(path);
  if (isUntold && tally.failed === 0) tally.failed = 1;
  return tally;
}

/** What is used here of Playwright's JSON report. */
interface BrowserReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Counts Playwright's JSON report at `path`. A test that passed only when it was tried again, or did not run, failed. */
export function countBrowserTests(path: string, exitCode: number): Tally {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = (JSON.parse(readFileSync(path, "utf8")) as BrowserReport).stats;
  const failed = unexpected + flaky + skipped;
  return { passed: expected, failed: failed === 0 && (exitCode !== 0 || expected === 0) ? 1 : failed };
}
