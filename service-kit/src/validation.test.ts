import { describe, expect, test } from "vitest";
import { z } from "zod";
import { BadUserInput } from "./errors.ts";
import { line, parseInput, prose, verbatim } from "./validation.ts";

const schema = z.object({
  line: line({ min: 2, max: 4 }).optional(),
  prose: prose({ max: 4 }).optional(),
  verbatim: verbatim({ min: 2, max: 4 }).optional(),
});
const refusal = (input: object) => {
  try {
    return parseInput(schema, input);
  } catch (error) {
    return error instanceof BadUserInput ? error.details.fields : error;
  }
};

describe("a text", () => {
  test("is measured in code points of form NFC, and a line without the spaces around it", () => {
    expect(parseInput(schema, { line: "  n\u0303🙂🙂🙂 ", prose: "🙂🙂🙂🙂", verbatim: "n\u0303  🙂" })).toEqual({
      line: "ñ🙂🙂🙂",
      prose: "🙂🙂🙂🙂",
      verbatim: "ñ  🙂",
    });
  });

  test.each([
    [{ line: "🙂" }, "line", "TOO_SHORT"],
    [{ line: "🙂🙂🙂🙂🙂" }, "line", "TOO_LONG"],
    [{ line: "x".repeat(100_000) }, "line", "TOO_LONG"],
    [{ line: "a\nb" }, "line", "CONTROL_CHARACTER"],
    [{ line: "a\u202eb" }, "line", "CONTROL_CHARACTER"],
    [{ line: "a\ud800b" }, "line", "CONTROL_CHARACTER"],
    [{ prose: "a\0b" }, "prose", "CONTROL_CHARACTER"],
    [{ verbatim: "🙂" }, "verbatim", "TOO_SHORT"],
    [{ verbatim: "🙂🙂🙂🙂🙂" }, "verbatim", "TOO_LONG"],
    [{ verbatim: "a\ud800b" }, "verbatim", "INVALID_CHARACTER"],
    [{ line: { $ne: null } }, "line", "INVALID"],
  ])("such as %j is refused", (input, path, code) => {
    expect(refusal(input)).toEqual([{ path, code }]);
  });

  test("in prose may have tabs and line breaks, and a password anything", () => {
    expect(parseInput(schema, { prose: "a\t\r\n", verbatim: "\0\u202e" })).toEqual({
      prose: "a\t\r\n",
      verbatim: "\0\u202e",
    });
  });

  test.each(["line", "prose", "verbatim"])("of endless combining marks costs a %s no time", (field) => {
    const startedAt = performance.now();
    const fields = refusal({ [field]: `a${"\u0301\u0323".repeat(250_000)}` });
    expect(fields).toEqual([{ path: field, code: field === "verbatim" ? "TOO_LONG" : "TOO_MANY_MARKS" }]);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test("may have as many marks as scripts do", () => {
    expect(parseInput(z.object({ text: line({ max: 40 }) }), { text: `a${"\u0301".repeat(30)}` }).text).toHaveLength(
      30,
    );
  });
});
