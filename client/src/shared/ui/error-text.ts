import type { TFunction } from "i18next";

const told = [
  "USER_NOT_FOUND",
  "INVALID_CREDENTIALS",
  "RATE_LIMITED",
  "SUBGRAPH_UNAVAILABLE",
  "SUBGRAPH_TIMEOUT",
] as const;
const toldOfFields = [
  "TAKEN",
  "TOO_SHORT",
  "TOO_LONG",
  "INVALID",
  "INVALID_CHARACTER",
  "TOO_COMMON",
  "CONTAINS_NAME",
] as const;

/** What to say of a failure: by its code when it has one, else there was no answer at all. */
export function errorText(t: TFunction, error: unknown): string {
  const { code } = error as { code?: string };
  const known = told.find((one) => one === code);
  if (known) return t(($) => $.errors[known]);
  return t(($) => (code === undefined ? $.errors.OFFLINE : $.errors.OTHER));
}

/** What to say of one field's code. */
export function fieldText(t: TFunction, code: string): string {
  const known = toldOfFields.find((one) => one === code) ?? "OTHER";
  return t(($) => $.errors.fields[known]);
}
