import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { countBrowserTests, countTests } from "./count-tests.ts";

const folder = mkdtempSync(join(tmpdir(), "tareas-count-"));
afterAll(() => rmSync(folder, { recursive: true }));

function report(...files: { status: string; tests: string[] }[]): string {
  const path = join(folder, `${Math.random()}.json`);
  const testResults = files.map(({ status, tests }) => ({
    name: "a.test.ts",
    status,
    assertionResults: tests.map((one) => ({ status: one })),
  }));
  writeFileSync(path, JSON.stringify({ testResults }));
  return path;
}

test("tests are counted one by one", () => {
  const path = report({ status: "failed", tests: ["passed", "failed"] }, { status: "passed", tests: ["passed"] });
  expect(countTests(path, { exitCode: 1, maySkip: false })).toEqual({ passed: 2, failed: 1 });
});

test("a file that failed outside its tests counts as failed", () => {
  const path = report({ status: "failed", tests: [] }, { status: "passed", tests: ["passed"] });
  expect(countTests(path, { exitCode: 1, maySkip: false })).toEqual({ passed: 1, failed: 1 });
});

test("a bad end that the report does not tell of counts as failed", () => {
  expect(countTests(report({ status: "passed", tests: ["passed"] }), { exitCode: 1, maySkip: false }).failed).toBe(1);
  expect(countTests(join(folder, "none.json"), { exitCode: 0, maySkip: false })).toEqual({ passed: 0, failed: 1 });
});

test("a skipped test is a failed one, unless tests were chosen", () => {
  const path = report({ status: "passed", tests: ["passed", "skipped", "todo"] });
  expect(countTests(path, { exitCode: 0, maySkip: false })).toEqual({ passed: 1, failed: 2 });
  expect(countTests(path, { exitCode: 0, maySkip: true })).toEqual({ passed: 1, failed: 0 });
});

test("browser tests are counted too: what did not run, or passed at the second try only, failed", () => {
  const path = join(folder, "browser.json");
  writeFileSync(path, JSON.stringify({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 1 } }));
  expect(countBrowserTests(path, 1)).toEqual({ passed: 3, failed: 3 });
  writeFileSync(path, JSON.stringify({ stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 0 } }));
  expect(countBrowserTests(path, 0)).toEqual({ passed: 3, failed: 0 });
  expect(countBrowserTests(path, 1)).toEqual({ passed: 3, failed: 1 });
  expect(countBrowserTests(join(folder, "none.json"), 0)).toEqual({ passed: 0, failed: 1 });
});
