import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dashboards } from "../scripts/dashboards.ts";
import { throughGraphql } from "./scripted-user.ts";

let stack: Stack;
let exposed: Set<string>;
beforeAll(async () => {
  stack = await startStack();
  await throughGraphql(stack.router.url);
  const scrapes = [stack.router, stack.users, stack.tasks].map(async ({ metricsUrl }) => {
    const text = await (await fetch(`${metricsUrl}/metrics`)).text();
    // What is counted by labels has no line of its own before it has happened.
    return [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = "", type]) =>
      type === "histogram" ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    );
  });
  exposed = new Set((await Promise.all(scrapes)).flat());
});
afterAll(() => stack?.[Symbol.asyncDispose]());

/** Those of the servers: `up` is Prometheus's own, and what a rule records has colons. */
const metricsIn = (text: string) => [...new Set(text.match(/(?<![\w:])(?:tareas|process|nodejs)_[a-z_]+(?![\w:])/g))];
const missing = (text: string) => metricsIn(text).filter((name) => !exposed.has(name));

test.each(dashboards)("$title asks for nothing that no server tells", ({ panels }) => {
  const text = JSON.stringify(panels);
  expect(metricsIn(text)).not.toEqual([]);
  expect(missing(text)).toEqual([]);
});

test("alerts ask for nothing that no server tells", () => {
  const text = readFileSync(join(import.meta.dirname, "../containers/prometheus/alerts.yml"), "utf8");
  expect(metricsIn(text).length).toBeGreaterThan(5);
  expect(missing(text)).toEqual([]);
});
