import { expect, test } from "vitest";
import { type AuditReport, unexplained } from "./audit-report.ts";

const hole = (url: string, severity = "high") => ({ name: "some-package", severity, title: "A hole", url });
const report: AuditReport = {
  inner: { via: [hole("one"), hole("small", "low")] },
  outer: { via: ["inner", hole("one"), hole("two", "moderate")] },
};

test("a hole of moderate severity or worse is told once, whatever depends on it", () => {
  expect(unexplained(report, []).holes.map(({ url }) => url)).toEqual(["one", "two"]);
});

test("a hole that is explained is not, and an explanation without a hole is told instead", () => {
  const exceptions = ["one", "gone"].map((advisory) => ({ advisory, because: "of a test" }));
  const { holes, needless } = unexplained(report, exceptions);
  expect(holes.map(({ url }) => url)).toEqual(["two"]);
  expect(needless.map(({ advisory }) => advisory)).toEqual(["gone"]);
});
