import { randomUUID } from "node:crypto";
import { accessTokenType, type TokenRules } from "@tareas/service-kit/auth/access-token";
import jwt from "jsonwebtoken";
import type { SigningKey } from "../keys/signing-key.ts";

export interface AccessToken {
  readonly accessToken: string;
  readonly expiresAt: Date;
}

/** Signs access tokens (RFC 9068). */
export class AccessTokenIssuer {
  readonly #key: SigningKey;
  readonly #rules: TokenRules;
  readonly #ttlSeconds: number;

  constructor(key: SigningKey, rules: TokenRules, ttlSeconds: number) {
    this.#key = key;
    this.#rules = rules;
    this.#ttlSeconds = ttlSeconds;
  }

  /** A token for a new session of the account. */
  issue(accountId: string): AccessToken {
    const { issuer: iss, audience: aud } = this.#rules;
    const iat = Math.floor(Date.now() / 1_000);
    const exp = iat + this.#ttlSeconds;
    const claims = { iss, aud, sub: accountId, sid: randomUUID(), iat, exp };
    const header = { alg: "RS256", typ: accessTokenType, kid: this.#key.kid };
    return {
      accessToken: jwt.sign(claims, this.#key.privateKey, { algorithm: "RS256", header }),
      expiresAt: new Date(exp * 1_000),
    };
  }
}
