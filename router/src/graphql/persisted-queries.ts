import { Forbidden } from "@tareas/service-kit/errors";
import { LRUCache } from "lru-cache";
import { sha256, type TrustedDocuments } from "./trusted-documents.ts";

const mostRegistered = 1_000;
/** In UTF-16 units, of all together and of each. A longer one is executed, but not kept: it could crowd out all others. */
const mostText = 1_000_000;
const longestText = 50_000;

/** How a request names its operation: by its text, by the hash of it, or by both. */
export interface NamedOperation {
  readonly query: string | undefined;
  readonly sha256Hash: string | undefined;
}

interface PersistedQueriesOptions {
  readonly trusted: TrustedDocuments;
  /** Whether nothing else is executed. */
  readonly trustedOnly: boolean;
}

/** The texts of operations that clients may send the hash of: trusted documents always, others once they have been sent. */
export class PersistedQueries {
  readonly #trusted: TrustedDocuments;
  readonly #trustedOnly: boolean;
  readonly #registered = new LRUCache<string, string>({
    max: mostRegistered,
    maxSize: mostText,
    maxEntrySize: longestText,
    sizeCalculation: (text) => text.length + 1,
  });

  constructor({ trusted, trustedOnly }: PersistedQueriesOptions) {
    this.#trusted = trusted;
    this.#trustedOnly = trustedOnly;
  }

  /**
   * For Apollo Server, which hands over each text that came with its hash once it is valid. What it looks for is not here:
   * it has been looked for already.
   */
  readonly cacheOfApollo = {
    get: async () => undefined,
    set: async (_key: string, text: string) => void this.#registered.set(sha256(text), text),
    delete: async () => false,
  };

  /**
   * The text of an operation whose hash is known; undefined when Apollo Server has to say what becomes of it. Throws
   * `Forbidden` for one that is not trusted, where only such are executed.
   */
  textOf({ query, sha256Hash }: NamedOperation): string | undefined {
    if (this.#trustedOnly) this.#requireTrusted({ query, sha256Hash });
    if (sha256Hash === undefined) return undefined;
    const known = this.#trusted.get(sha256Hash) ?? this.#registered.get(sha256Hash);
    return query === undefined || query === known ? known : undefined;
  }

  #requireTrusted({ query, sha256Hash }: NamedOperation): void {
    const asked = query === undefined ? sha256Hash : sha256(query);
    if (asked !== undefined && !this.#trusted.has(asked))
      throw new Forbidden("Only operations that are known beforehand are executed here, and this is none of them.");
  }
}
