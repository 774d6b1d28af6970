import { expect, test } from "vitest";
import { lastWords } from "./last-words.ts";

test("a program's last line on standard error is its reason", () => {
  expect(lastWords(["starting", "PORT must be a number", ""])).toBe("PORT must be a number");
});

test("of a stack trace it is the error itself", () => {
  const trace = [
    "file:///x/main.ts:3",
    "throw new RangeError()",
    "",
    "RangeError: too far",
    "    at x.ts:3",
    "",
    "Node.js v24.21.0",
  ];
  expect(lastWords(trace)).toBe("RangeError: too far");
});

test("silence has no reason", () => {
  expect(lastWords([])).toBeUndefined();
});
