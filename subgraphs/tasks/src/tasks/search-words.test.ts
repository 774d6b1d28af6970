import { expect, test } from "vitest";
import { searchWords } from "./search-words.ts";

test.for<[string, string[]]>([
  ["Comprar PAN, leche y ¡café!", ["comprar", "pan", "leche", "y", "cafe"]],
  ["niño nin\u0303o NIÑO", ["nino"]],
  ["ﬁn de año 2026", ["fin", "de", "ano", "2026"]],
  ["日本語 Привет", ["日本語", "привет"]],
  ["a.b$c {$gt: 1}", ["a", "b", "c", "gt", "1"]],
  ["  \n ", []],
])("%j", ([text, words]) => {
  expect(searchWords(text)).toEqual(words);
});

test("a text without end gives 500 words of 40 characters", () => {
  const words = searchWords(Array.from({ length: 2_000 }, (_, i) => `${i}${"x".repeat(100)}`).join(" "));
  expect(words).toHaveLength(500);
  expect(Math.max(...words.map((word) => word.length))).toBe(40);
});
