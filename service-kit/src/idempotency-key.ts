import { BadUserInput } from "./errors.ts";

/** The header's name, as in the IETF draft draft-ietf-httpapi-idempotency-key-header. */
export const idempotencyKeyHeader = "idempotency-key";

const visibleAscii = /^[\x21-\x7e]{1,255}$/;

/**
 * Reads the header: null when absent. A key in quotation marks, as the draft writes it, is the same as one without.
 * Throws `BadUserInput` when it is not 1 to 255 visible ASCII characters.
 */
export function parseIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const key = Array.isArray(header) ? header.join(",") : header.replace(/^"(.*)"$/, "$1");
  if (!visibleAscii.test(key)) throw new BadUserInput([{ path: "Idempotency-Key", code: "INVALID" }]);
  return key;
}
