import { Unauthenticated } from "../errors.ts";
import type { AccessTokenClaims, AccessTokenVerifier } from "./access-token.ts";

/** Who is asking: a signed-in account, or nobody. */
export class Viewer {
  static readonly anonymous = new Viewer(null);
  readonly #claims: AccessTokenClaims | null;
  readonly #scopes: ReadonlySet<string> | null;

  constructor(claims: AccessTokenClaims | null) {
    this.#claims = claims;
    this.#scopes = claims?.scope === undefined ? null : new Set(claims.scope.split(" "));
  }

  /** The account's id; null for nobody. */
  get id(): string | null {
    return this.#claims?.sub ?? null;
  }

  /** The session that the token belongs to; null for nobody. */
  get sessionId(): string | null {
    return this.#claims?.sid ?? null;
  }

  /** Whether only what its scopes name is allowed to this token, as with a personal API token. */
  get isScoped(): boolean {
    return this.#scopes !== null;
  }

  /** The account's id. Throws `Unauthenticated` for nobody. */
  require(): string {
    return this.requireClaims().sub;
  }

  requireClaims(): AccessTokenClaims {
    if (this.#claims === null) throw new Unauthenticated();
    return this.#claims;
  }

  /** Whether the token may do what needs this scope. A session may do all that its user may. */
  may(scope: string): boolean {
    return this.#scopes === null || this.#scopes.has(scope);
  }
}

/** The access token of an Authorization header (RFC 6750). Throws `Unauthenticated` when it holds anything else. */
export function bearerToken(header: string): string {
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (!token) throw new Unauthenticated("The Authorization header has to read: Bearer <access token>.");
  return token;
}

const isAuthorization = /^authorization$/i;

/** Where a request's headers come from: Node's own, with every header as it was sent. */
interface Headers {
  readonly headers: { readonly authorization?: string | undefined };
  readonly raw: { readonly rawHeaders: readonly string[] };
}

/**
 * The Authorization header of a request. Throws `Unauthenticated` for two of them: Node would take the first, another
 * server on the way may have taken the second.
 */
export function authorizationOf({ headers, raw }: Headers): string | undefined {
  if (headers.authorization === undefined) return undefined;
  let found = 0;
  for (let index = 0; index < raw.rawHeaders.length; index += 2)
    if (isAuthorization.test(raw.rawHeaders[index] as string)) found += 1;
  if (found > 1) throw new Unauthenticated("A request has one Authorization header.");
  return headers.authorization;
}

/**
 * The viewer that an Authorization header speaks for (RFC 6750): anonymous without one.
 * A header that is present but bad throws `Unauthenticated`; it never counts as anonymous.
 */
export async function authenticate(header: string | undefined, verifier: AccessTokenVerifier): Promise<Viewer> {
  if (header === undefined) return Viewer.anonymous;
  return new Viewer(await verifier.verify(bearerToken(header)));
}
