import { expect, test } from "vitest";
import { renderPage } from "./page.ts";
import { palette } from "./palette.ts";
import { drawRun } from "./picture.ts";
import { narrow, wide } from "./picture-layout.ts";
import { failedDuring, report, result, run } from "./test-support/invented.ts";

const failed = result({ record: run({ samples: failedDuring }) });
const pictures = new Map([["invented", { wide: drawRun(failed, wide), narrow: drawRun(failed, narrow) }]]);
const page = renderPage(report(), pictures);

test("the page needs no other file and no script", () => {
  expect(page).not.toMatch(/<script|<link|<img|<iframe|url\((?!#)|@import|https?:\/\/(?!www\.w3\.org)/);
});

test("what comes from experiments is escaped", () => {
  expect(page).toContain("Something &lt;odd&gt; &amp; “quoted”");
  expect(page).not.toContain("<odd>");
});

test("every link of the page leads somewhere, and no id is there twice", () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const used = [...page.matchAll(/(?:href|xlink:href|aria-labelledby)="#?([^"]+)"|url\(#([^)]+)\)/g)].map(
    ([, link, url]) => link ?? url,
  );
  for (const id of used) expect(ids).toContain(id);
  expect(used).toContain("invented");
});

test("a picture is told in words, for a window and for a phone", () => {
  const label = "Before 100 % of 10 operations succeeded, 99 % within 10 ms; during the faults 0 % of 20 operations";
  expect(page.split(`role="img" aria-label="${label}`)).toHaveLength(3);
});

test("the pictures in the page have its colours, and none of those that stand alone", () => {
  const body = page.slice(page.indexOf("</style>"));
  for (const colour of Object.values(palette)) expect(body).not.toContain(colour);
  expect(body).toContain('fill="var(--failed)"');
});

test("a verdict is told in words, not only in colour", () => {
  expect(page).toContain('<span class="badge bad">✗ failed</span>');
  expect(page).toContain('✗ <span class="word">broken</span>');
  expect(page).toContain("1 of 1 fail, as they should");
});

test("a control that holds is told", () => {
  const holding = renderPage(report({ results: [result(), result({ isControl: true })] }), new Map());
  expect(holding).toContain("✗ can&#39;t fail");
  expect(holding).toContain("✗ holds all the same");
});

test("a page without a run says so", () => {
  const breakdown = {
    ...{ experiment: "invented", seed: 7, control: null, error: "no mongod" },
    ...{ startedAt: "2026-11-28T10:00:00.000Z", durationMs: 5 },
  };
  expect(renderPage(report({ results: [], breakdowns: [breakdown] }), new Map())).toContain(
    "Could not be run (seed 7): no mongod",
  );
});
