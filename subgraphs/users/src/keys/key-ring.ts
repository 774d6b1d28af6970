import type { KeyObject } from "node:crypto";
import type { KeySource } from "@tareas/service-kit/auth/access-token";
import type { Log } from "@tareas/service-kit/log";
import { watchFile } from "@tareas/service-kit/watch-file";
import { readSigningKeyFile } from "./key-file.ts";
import { type PublicJwk, SigningKey } from "./signing-key.ts";

interface KeyRingOptions {
  readonly file: string;
  /** Whether to make a key when the file does not exist. */
  readonly create: boolean;
  /** How long a new key is published before anything is signed with it, so that all who verify know it by then. */
  readonly activationMs: number;
  readonly log: Log;
}

interface RingKey {
  readonly key: SigningKey;
  /** From when on it may sign, on the clock of `performance.now()`. */
  readonly signsFrom: number;
}

/** The key pairs of access tokens, read again when their file changes. As a `KeySource` it verifies our own tokens. */
export class KeyRing implements KeySource, Disposable {
  readonly #options: KeyRingOptions;
  #keys: readonly RingKey[];
  #watcher: Disposable | undefined;

  private constructor(options: KeyRingOptions, keys: readonly KeyObject[]) {
    this.#options = options;
    // The first may be as new to the others as it is to us; the ones below it have been known for a while.
    const firstSignsFrom = keys.length > 1 ? performance.now() + options.activationMs : 0;
    this.#keys = keys.map((key, at) => ({ key: new SigningKey(key), signsFrom: at === 0 ? firstSignsFrom : 0 }));
  }

  /** Throws a `StartError` when the file won't do. */
  static async open(options: KeyRingOptions): Promise<KeyRing> {
    const ring = new KeyRing(options, await readSigningKeyFile(options));
    ring.#watcher = watchFile(options.file, () => ring.#reload());
    return ring;
  }

  /** The newest key that may sign already. */
  get signingKey(): SigningKey {
    const now = performance.now();
    const found = this.#keys.find(({ signsFrom }) => signsFrom <= now) ?? this.#keys.at(-1);
    return (found as RingKey).key;
  }

  async get(kid: string): Promise<KeyObject | undefined> {
    return this.#keys.find(({ key }) => key.kid === kid)?.key.publicKey;
  }

  /** The public halves, as the keys of a JWK Set (RFC 7517). */
  publicJwks(): PublicJwk[] {
    return this.#keys.map(({ key }) => key.publicJwk());
  }

  [Symbol.dispose](): void {
    this.#watcher?.[Symbol.dispose]();
  }

  async #reload(): Promise<void> {
    const { file, activationMs, log } = this.#options;
    try {
      const known = new Map(this.#keys.map((entry) => [entry.key.kid, entry]));
      const read = (await readSigningKeyFile({ file, create: false })).map((key) => new SigningKey(key));
      const signsFrom = performance.now() + activationMs;
      const isSame = read.map(({ kid }) => kid).join() === [...known.keys()].join();
      if (isSame) return;
      this.#keys = read.map((key) => known.get(key.kid) ?? { key, signsFrom });
      log.info({ kids: read.map(({ kid }) => kid) }, "the keys of access tokens have changed");
    } catch (error) {
      log.error({ err: error }, "the new keys of access tokens can't be used: the old ones stay");
    }
  }
}
