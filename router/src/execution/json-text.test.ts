import fc from "fast-check";
import { expect, test } from "vitest";
import { quoted } from "./json-text.ts";

test("a string is written as JSON.stringify writes it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 120 }), (text) => {
      expect(quoted(text)).toBe(JSON.stringify(text));
    }),
  );
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const text = String.fromCharCode(unit);
    if (quoted(text) !== JSON.stringify(text)) expect.fail(`U+${unit.toString(16)}`);
  }
});
