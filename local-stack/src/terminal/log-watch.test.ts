import { expect, test, vi } from "vitest";
import { watchLogs } from "./log-watch.ts";
import type { Terminal } from "./terminal.ts";

function watched(isOn = () => true) {
  vi.useFakeTimers();
  const warnings: string[] = [];
  const terminal = { warn: (text: string) => warnings.push(text) } as unknown as Terminal;
  const onLine = watchLogs({ terminal, logFile: (service) => `logs/${service}.log`, isOn });
  return { warnings, onLine };
}

test("warnings and errors are counted and pointed to, once in a while", () => {
  const { warnings, onLine } = watched();
  onLine("tasks", `{"level":"info","msg":"request"}`);
  onLine("tasks", `{"level":"warn"}`);
  onLine("tasks", `{"level":"error"}`);
  onLine("tasks", "TypeError: not JSON");
  vi.advanceTimersByTime(200);
  onLine("tasks", `{"level":"warn"}`);
  vi.advanceTimersByTime(9_000);
  expect(warnings).toEqual(["tasks logged 2 errors and 1 warning: see logs/tasks.log"]);
  vi.advanceTimersByTime(2_000);
  expect(warnings.slice(1)).toEqual(["tasks logged 1 warning: see logs/tasks.log"]);
});

test("nothing is said before it is on", () => {
  const { warnings, onLine } = watched(() => false);
  onLine("tasks", `{"level":"error"}`);
  vi.advanceTimersByTime(20_000);
  expect(warnings).toEqual([]);
});
