import type { GatewayExecutionResult } from "@apollo/server-gateway-interface";

/** Says of an object in the answer which of its fields are not fresh, and how long ago they were seen. */
export interface StaleNote {
  readonly path: readonly (string | number)[];
  readonly fields: readonly string[];
  readonly ageSeconds: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Puts the notes into `extensions.stale` of an answer: those whose object and fields are in it in the end. */
export function withStaleNotes(
  result: GatewayExecutionResult,
  notes: readonly StaleNote[] | null,
): GatewayExecutionResult {
  const stale = (notes ?? []).flatMap(({ path, fields, ageSeconds }) => {
    const value = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), result.data);
    const there = isRecord(value) ? fields.filter((field) => field in value) : [];
    return there.length > 0 ? [{ path, fields: there, ageSeconds: Math.floor(ageSeconds) }] : [];
  });
  return stale.length > 0 ? { ...result, extensions: { ...result.extensions, stale } } : result;
}
