import { createPublicKey, type KeyObject } from "node:crypto";
import jwksRsa from "jwks-rsa";
import { SubgraphUnavailable } from "../errors.ts";
import { FollowedDocument } from "../http/followed-document.ts";
import type { Log } from "../log.ts";
import type { KeySource } from "./access-token.ts";

interface JwksOptions {
  /** Where the users subgraph publishes its keys (RFC 7517). */
  readonly url: string;
  /** Where the last good copy is kept, so that a restart while users is down still verifies. */
  readonly file: string;
  /** A new key is published a while before anything is signed with it: well over this. */
  readonly everyMs: number;
  readonly log: Log;
}

const unknownKidEveryMs = 2_000;

/**
 * The public keys of the users subgraph. A known key is answered from memory and never waits for the network;
 * an unknown `kid` asks for the keys anew, one call at a time and, once there are keys, at most every two seconds.
 */
export class JwksKeys implements KeySource, Disposable {
  #keys = new Map<string, KeyObject>();
  #published = "";
  #document: FollowedDocument | undefined;

  private constructor() {}

  /** Reads the last good copy and begins to follow the URL; never waits for the users subgraph. */
  static async open({ url, file, everyMs, log }: JwksOptions): Promise<JwksKeys> {
    const keys = new JwksKeys();
    keys.#document = await FollowedDocument.open({
      ...{ what: "public keys", file, everyMs, log },
      url: () => url,
      take: (document) => keys.#take(document),
    });
    return keys;
  }

  /** The key with this id. Throws `SubgraphUnavailable` when no keys could be had at all so far. */
  async get(kid: string): Promise<KeyObject | undefined> {
    const known = this.#keys.get(kid);
    const document = this.#document;
    if (known || !document) return known;
    const isDue = this.#keys.size === 0 || performance.now() - document.lastAttempt >= unknownKidEveryMs;
    if (document.isRefreshing || isDue) await document.refresh();
    if (this.#keys.size === 0) throw new SubgraphUnavailable("users");
    return this.#keys.get(kid);
  }

  [Symbol.dispose](): void {
    this.#document?.[Symbol.dispose]();
  }

  async #take(document: unknown): Promise<unknown> {
    const published = JSON.stringify(document);
    if (published === this.#published) return undefined;
    this.#keys = await parseJwks(document);
    this.#published = published;
    return document;
  }
}

async function parseJwks(jwks: unknown): Promise<Map<string, KeyObject>> {
  const client = jwksRsa({ jwksUri: "", fetcher: async () => jwks as { keys: unknown }, cache: false });
  const keys = await client.getSigningKeys();
  return new Map(keys.map((key) => [key.kid, createPublicKey(key.getPublicKey())]));
}
