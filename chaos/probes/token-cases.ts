import type { KeyObject } from "node:crypto";
import { encode, type Forger, now, stranger } from "../../test/attacks/support/forger.ts";

/** A token, and whether it has to be accepted. */
export interface TokenCase {
  readonly name: string;
  readonly token: string;
  readonly isGood: boolean;
  /** From then on (in milliseconds since 1970) it is right to refuse it, good or not. */
  readonly until?: number;
}

const toleranceSeconds = 5;
/** Within the tolerance, with time to be sent. */
const slightlySeconds = 2;
const farSeconds = 600;

/**
 * Tokens that nobody may accept (RFC 8725), like a genuine one but for what their names say. `key` is the forger's own;
 * with the genuine one, what is signed with it is no forgery any more.
 */
export function badTokens(forger: Forger, key: KeyObject = stranger.privateKey): TokenCase[] {
  const genuine = forger.token();
  const [head, , signature = ""] = genuine.split(".");
  const tokens = {
    "signed by another key under the right kid": forger.token({}, {}, key),
    "for another subject, signed by another key": forger.token({ sub: "0".repeat(24) }, {}, key),
    "for another subject, under the genuine signature": `${head}.${encode(JSON.stringify({ ...forger.claims, sub: "0".repeat(24) }))}.${signature}`,
    "alg none, unsigned": forger.signedAs("none", () => Buffer.alloc(0)),
    "alg none, with some signature": forger.signedAs("none", () => Buffer.from("x")),
    "HS256 with the public key as the secret": forger.hmac(forger.publicPem),
    "of another issuer": forger.token({ iss: "https://elsewhere.example" }),
    "for another audience": forger.token({ aud: "elsewhere" }),
    "of the type JWT": forger.token({}, { typ: "JWT" }),
    "of the type of service tokens": forger.token({}, { typ: "service+jwt" }),
    "of an unknown kid": forger.token({}, { kid: "unknown" }, key),
    "without its signature": genuine.slice(0, -signature.length),
    "without the last characters of its signature": genuine.slice(0, -4),
    "cut in half": genuine.slice(0, genuine.length / 2),
    "over for ten seconds": forger.token({ iat: now() - 910, exp: now() - 10 }),
    "of a clock ten minutes slow, which is over": forger.token({ iat: now() - 1_500, exp: now() - farSeconds }),
    "of a clock ten minutes fast": forger.token({ iat: now() + farSeconds, exp: now() + 1_500 }),
    "which counts in ten minutes": forger.token({ nbf: now() + farSeconds }),
  };
  return Object.entries(tokens).map(([name, token]) => ({ name, token, isGood: false }));
}

/** Tokens that everybody has to accept, although the clocks of who signs and who verifies differ a little. */
export function goodTokens(forger: Forger): TokenCase[] {
  const over = now() - slightlySeconds;
  return [
    { name: "of before", token: forger.token() },
    { name: "over for a moment", token: forger.token({ exp: over }), until: (over + toleranceSeconds) * 1_000 },
    { name: "of a clock a little fast", token: forger.token({ iat: now() + slightlySeconds }) },
    { name: "which counts in a moment", token: forger.token({ nbf: now() + slightlySeconds }) },
  ].map((one) => ({ ...one, isGood: true }));
}
