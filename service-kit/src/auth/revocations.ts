/** A session or an account whose access tokens count no more, although they have not expired. */
export interface Revocation {
  /** The `sid` or the `sub` of the tokens. */
  readonly id: string;
  /** When the last of these tokens has expired, in milliseconds since 1970: the entry is of no use from then on. */
  readonly until: number;
}

/** The revocations that count now. Its size is bounded by how many happen within the life of an access token. */
export class Revocations {
  readonly #until = new Map<string, number>();

  /** Adds entries; those that are over are dropped on the way. */
  add(entries: readonly Revocation[], now = Date.now()): void {
    for (const { id, until } of entries) if (until > now) this.#until.set(id, until);
    for (const [id, until] of this.#until) if (until <= now) this.#until.delete(id);
  }

  has({ sub, sid }: { readonly sub: string; readonly sid: string }): boolean {
    return this.#until.has(sid) || this.#until.has(sub);
  }

  entries(): Revocation[] {
    return [...this.#until].map(([id, until]) => ({ id, until }));
  }
}
