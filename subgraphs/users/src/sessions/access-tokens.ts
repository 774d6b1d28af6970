import { accessTokenType, type TokenRules } from "@tareas/service-kit/auth/access-token";
import jwt from "jsonwebtoken";
import type { SigningKey } from "../keys/signing-key.ts";

export interface AccessToken {
  readonly accessToken: string;
  readonly expiresAt: Date;
}

/** What a token speaks for: an account, by a session or a personal API token of its. */
export interface Grant {
  readonly accountId: string;
  readonly sessionId: string;
  /** What it may do; absent for all that the account may. */
  readonly scopes?: readonly string[];
  /** When it has to end at the latest. */
  readonly notAfter?: Date;
}

/** Signs access tokens (RFC 9068). */
export class AccessTokenIssuer {
  readonly #keys: { readonly signingKey: SigningKey };
  readonly #rules: TokenRules;
  readonly #ttlSeconds: number;

  constructor(keys: { readonly signingKey: SigningKey }, rules: TokenRules, ttlSeconds: number) {
    this.#keys = keys;
    this.#rules = rules;
    this.#ttlSeconds = ttlSeconds;
  }

  issue({ accountId, sessionId, scopes, notAfter }: Grant): AccessToken {
    const { kid, privateKey } = this.#keys.signingKey;
    const { issuer: iss, audience: aud } = this.#rules;
    const iat = Math.floor(Date.now() / 1_000);
    const exp = Math.min(iat + this.#ttlSeconds, Math.floor((notAfter?.getTime() ?? Number.POSITIVE_INFINITY) / 1_000));
    const claims = { iss, aud, sub: accountId, sid: sessionId, iat, exp, ...(scopes && { scope: scopes.join(" ") }) };
    const header = { alg: "RS256", typ: accessTokenType, kid };
    return {
      accessToken: jwt.sign(claims, privateKey, { algorithm: "RS256", header }),
      expiresAt: new Date(exp * 1_000),
    };
  }
}
