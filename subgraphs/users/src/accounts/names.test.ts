import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUsername, nameKey } from "./names.ts";

describe("nameKey", () => {
  test.each([
    ["case", "Ana", "ANA"],
    ["composed and decomposed letters", "Ñandú", "N\u0303andu\u0301"],
    ["full width", "Ana42", "Ａｎａ４２"],
    ["a ligature", "ﬁona", "FIONA"],
    ["ß, its capital and its spelling out", "Strauß", "STRAUẞ"],
    ["ß and ss", "Strauß", "strauss"],
    ["both small sigmas", "Οδυσσευς", "ΟΔΥΣΣΕΥΣ"],
    ["Cyrillic case", "Ольга", "ОЛЬГА"],
    ["dotless i and i", "ılık", "ILIK"],
  ])("is the same whatever the %s", (_, one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  test.each([
    ["an accent", "Ana", "Aná"],
    ["ñ", "nino", "niño"],
    ["a dotted capital İ", "İzmir", "izmir"],
    ["a look-alike of another script", "Ana", "Аna"],
  ])("differs by %s", (_, one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });

  const anyText = fc.string({ unit: "binary", maxLength: 40 });
  const sameKey = (change: (text: string) => string) =>
    fc.assert(fc.property(anyText, (text) => nameKey(change(text)) === nameKey(text)));

  test("is its own key", () => sameKey(nameKey));
  test("is that of the text in small letters", () => sameKey((text) => text.toLowerCase()));
  test.each(["NFC", "NFD", "NFKC", "NFKD"] as const)("is that of the text in form %s", (form) =>
    sameKey((text) => text.normalize(form)),
  );
});

describe("isUsername", () => {
  test.each(["ana", "Ñandú", "李小龙", "अनिता", "o.b-r_1", "123", "Ольга", "مريم"])("takes %s", (name) => {
    expect(isUsername(name)).toBe(true);
  });

  test.each([
    ["a space", "ana maria"],
    ["an at sign", "ana@home"],
    ["a full-width at sign", "ana＠home"],
    ["a slash", "ana/bob"],
    ["an emoji", "ana🙂"],
    ["a zero-width joiner", "an\u200da"],
    ["a variation selector", "ana\ufe0f"],
    ["a Hangul filler", "ana\u3164"],
    ["a letter that is a space and a mark in the compared form", "ana\u037a"],
    ["a first mark", "\u0301ana"],
    ["nothing", ""],
  ])("refuses %s", (_, name) => {
    expect(isUsername(name)).toBe(false);
  });
});
