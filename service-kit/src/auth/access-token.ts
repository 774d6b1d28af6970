import type { KeyObject } from "node:crypto";
import jwt from "jsonwebtoken";
import { LRUCache } from "lru-cache";
import { Unauthenticated } from "../errors.ts";
import { decodeJwtStrictly } from "./jwt-form.ts";
import type { Revocations } from "./revocations.ts";

/** Who a verified access token speaks for. */
export interface AccessTokenClaims {
  /** The account's id. */
  readonly sub: string;
  /** The session's id. */
  readonly sid: string;
  /** When it ends, in seconds since 1970. */
  readonly exp: number;
  /** What it may do, separated by spaces (RFC 9068, 2.2.3); absent for a session, which may do all that its user may. */
  readonly scope?: string;
}

/** Finds the public key with an id; undefined when no such key is known. */
export interface KeySource {
  get(kid: string): Promise<KeyObject | undefined>;
}

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
}

export interface VerifierParts {
  readonly keys: KeySource;
  readonly rules: TokenRules;
  readonly revocations: Pick<Revocations, "has">;
}

/** The `typ` of an access token (RFC 9068): no other kind of JWT can stand in for one. */
export const accessTokenType = "at+jwt";

const longestTokenBytes = 8_192;
/** Of so many characters together the tokens are kept that were verified lately: some fifteen thousand of ours. */
const mostKept = 10_000_000;
const clockToleranceSeconds = 5;
const knownHeaderParameters = new Set(["alg", "typ", "kid"]);
const refused = () => new Unauthenticated("The access token is not valid.");

/** A token whose form and signature were found to be good: that never changes, as long as its key is trusted. */
interface Verified {
  readonly kid: string;
  readonly key: KeyObject;
  readonly claims: AccessTokenClaims;
}

/** Checks access tokens offline against the keys of a source and the revocations that are known. */
export class AccessTokenVerifier {
  readonly #parts: VerifierParts;
  readonly #verified = new LRUCache<string, Verified>({
    maxSize: mostKept,
    sizeCalculation: (_, token) => token.length,
  });

  constructor(parts: VerifierParts) {
    this.#parts = parts;
  }

  /**
   * Returns the claims of a token (RFC 9068, RFC 8725) or throws `Unauthenticated`.
   * What the key source throws when it has no keys to look at passes through.
   */
  async verify(token: string): Promise<AccessTokenClaims> {
    const { claims } = (await this.#known(token)) ?? (await this.#verify(token));
    if (this.#parts.revocations.has(claims)) throw new Unauthenticated("The session has ended: sign in again.");
    return claims;
  }

  /** One that was verified before, if it has not expired and its key is still one of the source's. */
  async #known(token: string): Promise<Verified | undefined> {
    const known = this.#verified.get(token);
    if (!known || Date.now() / 1_000 >= known.claims.exp + clockToleranceSeconds) return undefined;
    return (await this.#parts.keys.get(known.kid)) === known.key ? known : undefined;
  }

  async #verify(token: string): Promise<Verified> {
    if (token.length > longestTokenBytes) throw refused();
    const header = decodeJwtStrictly(token)?.header;
    // No parameter that brings or names a key (jwk, jku, x5u, x5c), and no extension (crit), has a meaning here.
    if (!header || Object.keys(header).some((name) => !knownHeaderParameters.has(name))) throw refused();
    if (header.alg !== "RS256" || header.typ !== accessTokenType || typeof header.kid !== "string") throw refused();
    const key = await this.#parts.keys.get(header.kid);
    if (!key) throw refused();
    const verified = { kid: header.kid, key, claims: this.#claims(token, key) };
    this.#verified.set(token, verified);
    return verified;
  }

  #claims(token: string, key: KeyObject): AccessTokenClaims {
    const { issuer, audience } = this.#parts.rules;
    let payload: string | jwt.JwtPayload;
    try {
      const options = { algorithms: ["RS256" as const], issuer, audience, clockTolerance: clockToleranceSeconds };
      payload = jwt.verify(token, key, options);
    } catch (error) {
      if (error instanceof jwt.TokenExpiredError) throw new Unauthenticated("The access token has expired.");
      throw refused();
    }
    if (typeof payload === "string") throw refused();
    const { sub, sid, iat = 0, exp, scope } = payload;
    const areTyped = typeof sub === "string" && typeof sid === "string" && Number.isFinite(exp);
    if (!areTyped || (scope !== undefined && typeof scope !== "string")) throw refused();
    // Of a clock that is ahead: it would outlive the revocation of its session, which is kept for one token's life.
    if (iat > Date.now() / 1_000 + clockToleranceSeconds) throw refused();
    return { sub, sid, exp: exp as number, ...(scope !== undefined && { scope }) };
  }
}
