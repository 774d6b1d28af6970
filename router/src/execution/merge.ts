import { isRecord } from "../is-record.ts";
import { departForShape } from "./departure.ts";

export type Json = Record<string, unknown>;

/**
 * Adds what a fetch brought to what is there, as the gateway does; both are parsed JSON. Where they say different things of
 * one field, the gateway decides.
 */
export function mergeInto(target: Json, source: Json): void {
  for (const key in source) {
    const known = target[key];
    const value = source[key];
    if (known === undefined) target[key] = value;
    else if (known !== value) mergeKnown(target, key, value);
  }
}

function mergeKnown(target: Json, key: string, value: unknown): void {
  const known = Object.hasOwn(target, key) ? target[key] : departForShape(); // a name such as `constructor`, or `__proto__`
  if (isRecord(known) && isRecord(value)) mergeInto(known, value);
  else if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) mergeItems(known, value);
  else departForShape();
}

function mergeItems(known: readonly unknown[], value: readonly unknown[]): void {
  for (const [index, item] of known.entries()) {
    const other = value[index];
    if (isRecord(item) && isRecord(other)) mergeInto(item, other);
    else if (item !== other) departForShape();
  }
}
