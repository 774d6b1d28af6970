import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";

test("the order of fields does not count, at any depth; all else does", () => {
  const print = fingerprint("createTask", { a: 1, b: { c: [1, 2], d: null } });
  expect(fingerprint("createTask", { b: { d: null, c: [1, 2] }, a: 1 })).toBe(print);
  for (const other of [
    fingerprint("updateTask", { a: 1, b: { c: [1, 2], d: null } }),
    fingerprint("createTask", { a: "1", b: { c: [1, 2], d: null } }),
    fingerprint("createTask", { a: 1, b: { c: [2, 1], d: null } }),
    fingerprint("createTask", { a: 1, b: { c: [1, 2] } }),
  ])
    expect(other).not.toBe(print);
});
