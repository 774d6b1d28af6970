import { isRecord } from "../is-record.ts";
import type { SubgraphResponse, SubgraphResponseError } from "./call.ts";

type Parsed = Pick<SubgraphResponse, "data" | "errors">;

const isError = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) &&
  typeof value.message === "string" &&
  (value.path == null || Array.isArray(value.path)) &&
  (value.extensions == null || isRecord(value.extensions));

/** Reads a GraphQL response (GraphQL specification, 7.1); undefined when the text is anything else. */
export function parseResponse(text: string): Parsed | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { data, errors } = value;
  const hasErrors = Array.isArray(errors) && errors.length > 0;
  if (errors != null && !(Array.isArray(errors) && errors.every(isError))) return undefined;
  if (!isRecord(data) && !hasErrors) return undefined;
  if (data != null && !isRecord(data)) return undefined;
  return { data: data ?? null, ...(hasErrors && { errors: errors.map(withoutNulls) }) };
}

/** Some servers write null for what an error does not have. */
const withoutNulls = (error: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(error).filter(([, value]) => value !== null)) as unknown as SubgraphResponseError;

/** What our own servers say under overload: with 503, and nothing but an error that says when to come back. */
export function refusedForSeconds(
  status: number,
  { data, errors = [] }: Parsed,
): Pick<SubgraphResponse, "refusedForSeconds"> {
  const { code, retryAfterSeconds } = errors[0]?.extensions ?? {};
  const isRefusal = status === 503 && data == null && code === "RATE_LIMITED" && typeof retryAfterSeconds === "number";
  return isRefusal ? { refusedForSeconds: retryAfterSeconds } : {};
}
