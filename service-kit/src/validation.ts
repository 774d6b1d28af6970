import { z } from "zod";
import { BadUserInput, type FieldError } from "./errors.ts";

// Lengths are in code points, as people count, not in UTF-16 units; of a text far too long they are not counted out.
const isAtLeast = (text: string, min: number) => text.length >= 2 * min || [...text].length >= min;
const isAtMost = (text: string, max: number) => text.length <= 2 * max && [...text].length <= max;

// Cc but tab, line feed and carriage return; bidirectional overrides, which can make a text look like another; lone surrogates.
const refusedInProse = /[\p{Cc}\u202A-\u202E\u2066-\u2069\p{Cs}]/u;
const lineBreaks = /[\t\n\r]/g;

interface Bounds {
  readonly min?: number;
  readonly max: number;
}

const bounded = (text: z.ZodType<string, string>, { min = 0, max }: Bounds) =>
  text
    .refine((value) => isAtLeast(value, min), { params: { code: "TOO_SHORT" } })
    .refine((value) => isAtMost(value, max), { params: { code: "TOO_LONG" } });

// Putting marks into order takes time that grows with the square of their run: a megabyte of them would hold the
// process for minutes. No script needs more than 30 in a row (UAX #15, Stream-Safe Text Format).
const overlongMarkRun = /\p{M}{31}/u;

const normalised = () =>
  z
    .string()
    .refine((value) => !overlongMarkRun.test(value), { params: { code: "TOO_MANY_MARKS" } })
    .transform((value) => value.normalize("NFC"));

/** One line of text: in Unicode form NFC, trimmed, without control characters, `min` to `max` characters long. */
export const line = (bounds: Bounds) =>
  bounded(
    normalised()
      .transform((value) => value.trim())
      .refine((value) => !refusedInProse.test(value), { params: { code: "CONTROL_CHARACTER" } }),
    bounds,
  );

/** Text of several lines: like `line`, but tabs and line breaks may stay, and it is not trimmed. */
export const prose = (bounds: Bounds) =>
  bounded(
    normalised().refine((value) => !refusedInProse.test(value.replace(lineBreaks, "")), {
      params: { code: "CONTROL_CHARACTER" },
    }),
    bounds,
  );

// What a character takes at most before it is composed: four code points of two units each.
const unitsPerCharacter = 8;

/** Text in Unicode form NFC in which every character counts, as in a password (RFC 8265, OpaqueString). */
export const verbatim = (bounds: Bounds) =>
  bounded(
    z
      .string()
      .refine((value) => value.length <= bounds.max * unitsPerCharacter, { params: { code: "TOO_LONG" } })
      .transform((value) => value.normalize("NFC"))
      .refine((value) => value.isWellFormed(), { params: { code: "INVALID_CHARACTER" } }),
    bounds,
  );

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
