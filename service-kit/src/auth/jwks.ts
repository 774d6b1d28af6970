import { createPublicKey, type KeyObject } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import jwksRsa from "jwks-rsa";
import { SubgraphUnavailable } from "../errors.ts";
import type { Log } from "../log.ts";
import type { KeySource } from "./access-token.ts";

interface JwksOptions {
  /** Where the users subgraph publishes its keys (RFC 7517). */
  readonly url: string;
  /** Where the last good copy is kept, so that a restart while users is down still verifies. */
  readonly file: string;
  readonly log: Log;
}

const fetchTimeoutMs = 1_000;
const refreshEveryMs = 5 * 60_000;
const retryEveryMs = 1_000;
const unknownKidEveryMs = 2_000;

/**
 * The public keys of the users subgraph. A known key is answered from memory and never waits for the network;
 * an unknown `kid` asks for the keys anew, one call at a time and, once there are keys, at most every two seconds.
 */
export class JwksKeys implements KeySource, Disposable {
  readonly #options: JwksOptions;
  #keys = new Map<string, KeyObject>();
  #refreshing: Promise<void> | undefined;
  #lastAttempt = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  private constructor(options: JwksOptions) {
    this.#options = options;
  }

  /** Reads the last good copy and begins to follow the URL; never waits for the users subgraph. */
  static async open(options: JwksOptions): Promise<JwksKeys> {
    const keys = new JwksKeys(options);
    await keys.#readFile();
    void keys.#follow();
    return keys;
  }

  /** The key with this id. Throws `SubgraphUnavailable` when no keys could be had at all so far. */
  async get(kid: string): Promise<KeyObject | undefined> {
    const known = this.#keys.get(kid);
    if (known) return known;
    const due = this.#keys.size === 0 || Date.now() - this.#lastAttempt >= unknownKidEveryMs;
    if (this.#refreshing || due) await this.#refresh();
    if (this.#keys.size === 0) throw new SubgraphUnavailable("users");
    return this.#keys.get(kid);
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #follow(): Promise<void> {
    await this.#refresh();
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#follow(), this.#keys.size === 0 ? retryEveryMs : refreshEveryMs);
    this.#timer.unref();
  }

  #refresh(): Promise<void> {
    this.#lastAttempt = Date.now();
    this.#refreshing ??= this.#fetch().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #fetch(): Promise<void> {
    const { url, log } = this.#options;
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs), redirect: "error" });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const jwks: unknown = await response.json();
      this.#keys = await parseJwks(jwks);
      await this.#writeFile(jwks);
    } catch (error) {
      log.warn({ err: error, keysKnown: this.#keys.size }, "the public keys could not be fetched");
    }
  }

  async #readFile(): Promise<void> {
    const { file, log } = this.#options;
    try {
      this.#keys = await parseJwks(JSON.parse(await readFile(file, "utf8")));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT")
        log.warn({ err: error, file }, "the kept public keys are unreadable");
    }
  }

  async #writeFile(jwks: unknown): Promise<void> {
    const { file, log } = this.#options;
    const temporary = `${file}.${process.pid}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(temporary, JSON.stringify(jwks));
      await rename(temporary, file);
    } catch (error) {
      log.warn({ err: error, file }, "the public keys could not be kept on disk");
    }
  }
}

async function parseJwks(jwks: unknown): Promise<Map<string, KeyObject>> {
  const client = jwksRsa({ jwksUri: "", fetcher: async () => jwks as { keys: unknown }, cache: false });
  const keys = await client.getSigningKeys();
  return new Map(keys.map((key) => [key.kid, createPublicKey(key.getPublicKey())]));
}
