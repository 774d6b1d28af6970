import type { KeyObject } from "node:crypto";
import jwt from "jsonwebtoken";
import { Unauthenticated } from "../errors.ts";

/** Who a verified access token speaks for. */
export interface AccessTokenClaims {
  /** The account's id. */
  readonly sub: string;
  /** The session's id. */
  readonly sid: string;
  /** When it ends, in seconds since 1970. */
  readonly exp: number;
}

/** Finds the public key with an id; undefined when no such key is known. */
export interface KeySource {
  get(kid: string): Promise<KeyObject | undefined>;
}

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
}

/** The `typ` of an access token (RFC 9068): no other kind of JWT can stand in for one. */
export const accessTokenType = "at+jwt";

const longestTokenBytes = 8_192;
const clockToleranceSeconds = 5;
const refused = () => new Unauthenticated("The access token is not valid.");

/** Checks access tokens offline against the keys of a source. */
export class AccessTokenVerifier {
  readonly #keys: KeySource;
  readonly #rules: TokenRules;

  constructor(keys: KeySource, rules: TokenRules) {
    this.#keys = keys;
    this.#rules = rules;
  }

  /**
   * Returns the claims of a token (RFC 9068) or throws `Unauthenticated`.
   * What the key source throws when it has no keys to look at passes through.
   */
  async verify(token: string): Promise<AccessTokenClaims> {
    if (token.length > longestTokenBytes) throw refused();
    const header = decodeHeader(token);
    if (header?.alg !== "RS256" || header.typ !== accessTokenType || typeof header.kid !== "string") throw refused();
    const key = await this.#keys.get(header.kid);
    if (!key) throw refused();
    return this.#claims(token, key);
  }

  #claims(token: string, key: KeyObject): AccessTokenClaims {
    let payload: string | jwt.JwtPayload;
    try {
      payload = jwt.verify(token, key, {
        algorithms: ["RS256"],
        issuer: this.#rules.issuer,
        audience: this.#rules.audience,
        clockTolerance: clockToleranceSeconds,
      });
    } catch (error) {
      if (error instanceof jwt.TokenExpiredError) throw new Unauthenticated("The access token has expired.");
      throw refused();
    }
    if (typeof payload === "string") throw refused();
    const { sub, sid, exp } = payload;
    if (typeof sub !== "string" || typeof sid !== "string" || typeof exp !== "number") throw refused();
    return { sub, sid, exp };
  }
}

function decodeHeader(token: string): jwt.JwtHeader | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header;
  } catch {
    return undefined; // not JSON inside: the caller refuses it like any other bad token
  }
}
