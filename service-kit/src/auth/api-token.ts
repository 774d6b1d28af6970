import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const prefix = "tpat_";
const secretBytes = 32;
const form = /^tpat_[A-Za-z0-9_-]{49}$/;
const checksumLength = 6;

/**
 * A new API token: 256 random bits between a prefix, by which scanners for leaked secrets can know it, and a CRC-32, by
 * which one that was cut short or typed wrong is known without a look-up. The checksum is no secret.
 */
export function newApiToken(): string {
  const unchecked = `${prefix}${randomBytes(secretBytes).toString("base64url")}`;
  return unchecked + checksum(unchecked);
}

/** Whether a text is meant to be an API token, well formed or not. */
export const claimsToBeApiToken = (text: string): boolean => text.startsWith(prefix);

/** Whether a text could be an API token at all. */
export const isApiToken = (text: string): boolean =>
  form.test(text) && checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength);

/** Four bytes are six characters of base64url. */
function checksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString("base64url");
}
