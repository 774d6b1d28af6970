import { expect, test } from "vitest";
import { renderJunit } from "./junit.ts";
import { failedDuring, report, result, run } from "./test-support/invented.ts";
import { escapeXml } from "./xml.ts";

const breakdown = {
  ...{ experiment: "invented", seed: 7, control: null, error: 'no "mongod" <here> & there' },
  ...{ startedAt: "2026-11-28T10:00:00.000Z", durationMs: 5 },
};

/** The names of elements in the order in which they are closed; throws when they are not nested. */
function closed(xml: string): string[] {
  const open: string[] = [];
  const tags = [...xml.matchAll(/<(\/?)([a-z]+)(?: [a-z]+="[^"<]*")*>/g)];
  expect(xml.replaceAll(/<\/?[a-z]+(?: [a-z]+="[^"<]*")*>/g, "").replace(/^<\?xml[^>]*>/, "")).not.toMatch(/[<>]/);
  return tags.flatMap(([, slash, name = ""]) => {
    if (slash === "") open.push(name);
    else expect(open.pop()).toBe(name);
    return slash === "" ? [] : [name];
  });
}

test("each verdict is a test, and so is whether a control fails", () => {
  const xml = renderJunit(report());
  const elements = closed(xml);
  expect(elements.filter((name) => name === "testcase")).toHaveLength(9);
  expect(elements.filter((name) => name === "failure")).toHaveLength(2);
  expect(xml).toContain('<testsuites name="chaos" tests="9" failures="2" errors="0" time="60.000"');
  expect(xml).toContain('<testsuite name="invented without the retries (seed 7)" tests="1" failures="0"');
  expect(xml).toContain('<failure message="ok or stale: tasks (during): 0 % (at least 99.9 %)">');
});

test("a control that holds is a failure", () => {
  const xml = renderJunit(report({ results: [result({ isControl: true })] }));
  expect(xml).toContain('<failure message="holds all the same: the experiment can&#39;t fail">');
});

test("a run that the lab could not do is an error, whatever its words", () => {
  const xml = renderJunit(report({ results: [], breakdowns: [breakdown] }));
  closed(xml);
  expect(xml).toContain('<error message="no &quot;mongod&quot; &lt;here&gt; &amp; there">');
  expect(xml).toContain('tests="1" failures="0" errors="1"');
});

test("what passes has no failures", () => {
  const xml = renderJunit(
    report({ results: [result(), result({ record: run({ samples: failedDuring }), isControl: true })] }),
  );
  expect(closed(xml)).not.toContain("failure");
});

test("what XML can't hold is replaced", () => {
  expect(escapeXml("a\u0000b\u001bc\ufffe\ud800 d\tñ 😀 <&>'\"")).toBe("a�b�c�� d\tñ 😀 &lt;&amp;&gt;&#39;&quot;");
});
