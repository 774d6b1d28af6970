import { expect, test } from "vitest";
import { renderMarkdown } from "./markdown.ts";
import { failedDuring, report, result, run, sample } from "./test-support/invented.ts";

const text = renderMarkdown(report());

test("the table of all has the verdict and the figures of each experiment", () => {
  expect(text).toContain(
    "| [Something &lt;odd> & “quoted”](#invented) | ✗ failed | 100 % | 0 % | 100 % | 10 ms | 900 ms | 10 ms | – | 0 ms | clean |",
  );
});

test("an experiment has its hypothesis, faults, settings, tolerances, controls and picture", () => {
  for (const words of [
    "> Tasks | lists are read as before.",
    "- Done to it: SIGKILL to users",
    "- Setting of router: ONE=1",
    "| ok or stale: tasks (during) | 0 % | at least 99.9 % | ✗ |",
    "| writes lost | 0 | at most 0 | ✓ |",
    "- without the retries (seed 7): fails, as it should: ok or stale: tasks (during): 0 % (at least 99.9 %)",
    "](pictures/invented.svg)",
  ])
    expect(text).toContain(words);
});

test("the commit is named, and local changes are told", () => {
  expect(text).toContain("- Product: 0123456789ab\n");
  expect(renderMarkdown(report({ hasLocalChanges: true }))).toContain("- Product: 0123456789ab with local changes\n");
});

test("all tables have as many cells in each row as in their head", () => {
  const tables = text.split("\n\n").filter((block) => block.startsWith("|"));
  for (const table of tables) {
    const cells = table.split("\n").map((row) => row.replaceAll("\\|", "").split("|").length);
    expect(new Set(cells).size).toBe(1);
  }
  expect(tables.length).toBeGreaterThan(1);
});

test("of several runs, each has its tolerances", () => {
  const several = renderMarkdown(report({ results: [result({ seed: 7 }), result({ seed: 8 })] }));
  expect(several).toContain("Seed 7:");
  expect(several).toContain("Seed 8:");
});

test("a report that was ended early says so, and what was not run is not known", () => {
  const early = renderMarkdown(report({ results: [], isComplete: false }));
  expect(early).toContain("It was ended before all was run.");
  expect(early).toContain("| ? not known | – |");
  expect(renderMarkdown(report({ results: [result({ record: run({ samples: failedDuring }) })] }))).not.toContain(
    "ended before",
  );
});

test("a bar in a title is no new cell", () => {
  const [about] = report().experiments;
  const experiments = about ? [{ ...about, title: "this | that" }] : [];
  expect(renderMarkdown(report({ experiments }))).toContain("| [this \\| that](#invented) | ✗ failed | 100 % |");
});

test("what was begun anew is told, and how it had ended", () => {
  const again = { ...result(), setAside: [{ stolenPercent: 8.42, wasGood: false }] };
  expect(renderMarkdown(report({ results: [again] }))).toContain(
    "**Begun anew, as others had had too much of the machine's processors (8.5 %, not as it should be).**",
  );
});

test("a run that failed says what the first operations got that did not go well, one that passed does not", () => {
  const got = "NETWORK: other side closed";
  const setbacks = Array.from({ length: 25 }, (_, index) =>
    sample(1_000 + index, { operation: "login", outcome: "failed", code: "NETWORK", setback: { got, ms: 3 } }),
  );
  const failed = renderMarkdown(report({ results: [result({ record: run({ samples: setbacks.toReversed() }) })] }));
  expect(failed).toContain(`:\n\n- 1.00 s login: ${got}, after 3 ms\n`);
  expect(failed).toContain("- and 5 more");
  const record = run({
    samples: [sample(1_000, { operation: "create", tries: 2, setback: { got, ms: 3 } }), sample(1_001)],
  });
  expect(renderMarkdown(report({ results: [result({ record })] }))).not.toContain(got);
});
