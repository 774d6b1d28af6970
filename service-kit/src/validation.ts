import { z } from "zod";
import { BadUserInput, type FieldError } from "./errors.ts";

/** The length of a text as people count it: in code points, not in UTF-16 units. */
const lengthOf = (text: string) => [...text].length;

// Cc but tab, line feed and carriage return; bidirectional overrides, which can make a text look like another; lone surrogates.
const refusedInProse = /[\p{Cc}\u202A-\u202E\u2066-\u2069\p{Cs}]/u;
const lineBreaks = /[\t\n\r]/g;

interface Bounds {
  readonly min?: number;
  readonly max: number;
}

const bounded = (text: z.ZodType<string, string>, { min = 0, max }: Bounds) =>
  text
    .refine((value) => lengthOf(value) >= min, { params: { code: "TOO_SHORT" } })
    .refine((value) => lengthOf(value) <= max, { params: { code: "TOO_LONG" } });

/** One line of text: in Unicode form NFC, trimmed, without control characters, `min` to `max` characters long. */
export const line = (bounds: Bounds) =>
  bounded(
    z
      .string()
      .transform((value) => value.normalize("NFC").trim())
      .refine((value) => !refusedInProse.test(value), { params: { code: "CONTROL_CHARACTER" } }),
    bounds,
  );

/** Text of several lines: like `line`, but tabs and line breaks may stay, and it is not trimmed. */
export const prose = (bounds: Bounds) =>
  bounded(
    z
      .string()
      .transform((value) => value.normalize("NFC"))
      .refine((value) => !refusedInProse.test(value.replace(lineBreaks, "")), {
        params: { code: "CONTROL_CHARACTER" },
      }),
    bounds,
  );

/** Text in which every character counts, as in a password. */
export const verbatim = (bounds: Bounds) => bounded(z.string(), bounds);

const codeOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === "custom") return String(issue.params?.code ?? "INVALID");
  if (issue.code === "too_small") return issue.origin === "array" ? "TOO_FEW" : "TOO_SMALL";
  if (issue.code === "too_big") return issue.origin === "array" ? "TOO_MANY" : "TOO_LARGE";
  return "INVALID";
};

/** Checks an input and returns it normalised. Throws `BadUserInput` with each field that is wrong and how. */
export function parseInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const seen = new Map<string, FieldError>();
  for (const issue of result.error.issues) {
    const path = issue.path.join(".");
    if (!seen.has(path)) seen.set(path, { path, code: codeOf(issue) });
  }
  throw new BadUserInput([...seen.values()]);
}
