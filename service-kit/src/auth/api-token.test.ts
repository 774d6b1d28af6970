import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimsToBeApiToken, isApiToken, newApiToken } from "./api-token.ts";

describe("an API token", () => {
  test("is a prefix, 256 random bits and a checksum, and is never made twice", () => {
    const tokens = Array.from({ length: 1_000 }, newApiToken);
    for (const token of tokens) expect(token).toMatch(/^tpat_[\w-]{49}$/);
    expect(new Set(tokens).size).toBe(1_000);
    expect(tokens.every(isApiToken)).toBe(true);
  });

  test("that was cut short, or with one character changed, is known as wrong, and still as meant to be one", () => {
    const characters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"];
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 53 }), fc.constantFrom(...characters), (at, character) => {
        const token = newApiToken();
        const mistyped = token.slice(0, at) + character + token.slice(at + 1);
        expect(isApiToken(mistyped)).toBe(character === token[at]);
        expect(isApiToken(token.slice(0, at))).toBe(false);
        expect(claimsToBeApiToken(token.slice(0, at))).toBe(true);
      }),
    );
  });

  test.each(["", "tpat_", "trt_abc", "eyJhbGciOiJSUzI1NiJ9.e30.x", ` ${newApiToken()}`, `${newApiToken()}\n`])(
    "is not %j",
    (text) => expect(isApiToken(text)).toBe(false),
  );
});
