import { createHash } from "node:crypto";
import { isApiToken } from "@tareas/service-kit/auth/api-token";
import { Unauthenticated } from "@tareas/service-kit/errors";
import { LRUCache } from "lru-cache";
import type { ExchangeCall, Grant } from "./exchange-call.ts";
import { Refusals } from "./refusals.ts";

interface Held extends Grant {
  /** From when on a new one is fetched while this one still serves, in milliseconds since 1970. */
  readonly renewFrom: number;
}

const mostHeld = 10_000;
const renewBeforeMs = 60_000;
const refusedForMs = 10_000;
const refused = () => new Unauthenticated("The API token is not valid: it may have expired or been revoked.");

/**
 * The access tokens for which API tokens are exchanged at the users subgraph, held until a minute before they end and,
 * while users is down, until they end. Held ones have to be verified at each use, which is how a revoked one is noticed.
 */
export class ApiTokens {
  readonly #call: ExchangeCall;
  /** By the API token's SHA-256: this process keeps no API token. */
  readonly #held = new LRUCache<string, Held>({ max: mostHeld });
  /** Apart from those held, so that guesses push out none of them. */
  readonly #refused = new LRUCache<string, true>({ max: mostHeld, ttl: refusedForMs });
  readonly #exchanging = new Map<string, Promise<Grant | null>>();
  readonly #refusals = new Refusals();

  constructor(call: ExchangeCall) {
    this.#call = call;
  }

  /**
   * The access token that stands for an API token. Throws `Unauthenticated` when nobody has such a token, `RateLimited`
   * when `address` came with too many of these, `SubgraphUnavailable` when it is not held and users can't be asked.
   */
  async exchange(apiToken: string, address: string): Promise<string> {
    if (!isApiToken(apiToken)) throw refused();
    const key = keyOf(apiToken);
    const now = Date.now();
    const held = this.#held.get(key);
    if (held && now < held.expiresAt) {
      if (now >= held.renewFrom) void this.#renew(key, apiToken);
      return held.accessToken;
    }
    if (this.#refused.has(key)) throw refused();
    const grant = await (this.#exchanging.get(key) ?? this.#guarded(key, apiToken, address));
    if (!grant) throw refused();
    return grant.accessToken;
  }

  /** Lets go of an access token that the verifier refuses: the next use asks for another. */
  forget(apiToken: string): void {
    this.#held.delete(keyOf(apiToken));
  }

  /** While the held one serves; a failure was logged by the call, and the next use tries again. */
  async #renew(key: string, apiToken: string): Promise<void> {
    await (this.#exchanging.get(key) ?? this.#fetch(key, apiToken)).catch(() => undefined);
  }

  /** An exchange of a token that is not known here: it may be a guess. */
  async #guarded(key: string, apiToken: string, address: string): Promise<Grant | null> {
    const takeBack = this.#refusals.count(address);
    let isGuess = false;
    try {
      const grant = await this.#fetch(key, apiToken);
      isGuess = grant === null;
      return grant;
    } finally {
      if (!isGuess) takeBack();
    }
  }

  /** Those who ask for the same token meanwhile join this exchange. */
  #fetch(key: string, apiToken: string): Promise<Grant | null> {
    const started = this.#call(apiToken)
      .then((grant) => this.#keep(key, grant))
      .finally(() => this.#exchanging.delete(key));
    this.#exchanging.set(key, started);
    return started;
  }

  #keep(key: string, grant: Grant | null): Grant | null {
    if (grant) this.#held.set(key, { ...grant, renewFrom: grant.expiresAt - renewBeforeMs });
    else {
      this.#held.delete(key);
      this.#refused.set(key, true);
    }
    return grant;
  }
}

const keyOf = (apiToken: string) => createHash("sha256").update(apiToken).digest("base64url");
