import { Unauthenticated } from "../errors.ts";
import type { AccessTokenVerifier } from "./access-token.ts";

/** Who is asking: a signed-in account, or nobody. */
export class Viewer {
  static readonly anonymous = new Viewer(null);
  /** The account's id; null for nobody. */
  readonly id: string | null;

  constructor(id: string | null) {
    this.id = id;
  }

  /** The account's id. Throws `Unauthenticated` for nobody. */
  require(): string {
    if (this.id === null) throw new Unauthenticated();
    return this.id;
  }
}

/**
 * The viewer that an Authorization header speaks for (RFC 6750): anonymous without one.
 * A header that is present but bad throws `Unauthenticated`; it never counts as anonymous.
 */
export async function authenticate(header: string | undefined, verifier: AccessTokenVerifier): Promise<Viewer> {
  if (header === undefined) return Viewer.anonymous;
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (!token) throw new Unauthenticated("The Authorization header has to read: Bearer <access token>.");
  const { sub } = await verifier.verify(token);
  return new Viewer(sub);
}
