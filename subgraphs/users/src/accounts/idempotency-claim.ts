import { createHash } from "node:crypto";
import type { AccountRecord } from "./account-model.ts";

type Claim = NonNullable<AccountRecord["claim"]>;

const lifetimeMs = 24 * 60 * 60 * 1_000;

/** What an account keeps of the Idempotency-Key that it is registered with: a hash, and until when it counts. */
export function claimOf(idempotencyKey: string, now = Date.now()): Claim {
  const keyHash = createHash("sha256").update(idempotencyKey).digest("base64url");
  return { keyHash, until: new Date(now + lifetimeMs) };
}
