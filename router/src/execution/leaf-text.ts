import { departForShape } from "./departure.ts";
import { quoted } from "./json-text.ts";

const integerText = (value: unknown): string => (Number.isSafeInteger(value) ? String(value) : departForShape());

/**
 * Writes values of scalars, neither null nor undefined, as JSON text. What counts as a value of which is the gateway's
 * choice: it lets an ID be an integer, and an Int be a large one.
 */
export const leafText = {
  Int: integerText,
  Float: (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? String(value) : departForShape()),
  Boolean: (value: unknown) => (typeof value === "boolean" ? String(value) : departForShape()),
  String: (value: unknown) => (typeof value === "string" ? quoted(value) : departForShape()),
  ID: (value: unknown) => (typeof value === "string" ? quoted(value) : integerText(value)),
  /** Anything, as a custom scalar may be. */
  custom: (value: unknown) => (typeof value === "string" ? quoted(value) : JSON.stringify(value)),
} as const satisfies Record<string, (value: unknown) => string>;
