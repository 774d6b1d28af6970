import { hash, type Options, verify } from "@node-rs/argon2";
import { RateLimited } from "@tareas/service-kit/errors";
import type { Log } from "@tareas/service-kit/log";
import { currentScope } from "@tareas/service-kit/request-scope";
import { type BulkheadPolicy, BulkheadRejectedError, bulkhead } from "cockatiel";
import { type HashCost, isWeaker } from "./hash-cost.ts";

export interface HashingLimits {
  /** Hashes that are computed at the same time. Each takes a processor, a thread of Node's four, and its memory. */
  readonly inFlight: number;
  /** Hashes that wait for their turn; with as many, another one is refused. */
  readonly queue: number;
}

/** What comes of a password that was compared with a hash. */
export interface Verdict {
  readonly matches: boolean;
  /** A stronger hash to keep from now on, if the password matches a hash that is weaker than today's. */
  readonly renewed?: string;
}

const retryAfterSeconds = 1;

/**
 * Hashes passwords with argon2id, off the event loop and few at a time, so that a storm of logins leaves processor and
 * memory for everything else. All hashing goes through here; it throws `RateLimited` when too many wait already, and
 * `DeadlineExceeded` when its turn comes and nobody waits for the answer any more.
 */
export class PasswordHasher {
  readonly #cost: HashCost;
  readonly #bulkhead: BulkheadPolicy;
  readonly #limits: HashingLimits;
  readonly #log: Log;

  constructor(cost: HashCost, limits: HashingLimits, log: Log) {
    this.#cost = cost;
    this.#limits = limits;
    this.#bulkhead = bulkhead(limits.inFlight, limits.queue);
    this.#log = log;
  }

  /** How many hashes wait for their turn. */
  get waiting(): number {
    return this.#limits.queue - this.#bulkhead.queueSlots;
  }

  /** Returns a PHC string. */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => this.#hash(password));
  }

  /** Compares a password with a hash, and hashes it anew in the same turn if the hash is out of date. */
  verify(passwordHash: string, password: string): Promise<Verdict> {
    return this.#inTurn(async () => {
      const matches = await verify(passwordHash, Buffer.from(password));
      if (!matches || !isWeaker(passwordHash, this.#cost)) return { matches };
      return { matches, renewed: await this.#hash(password) };
    });
  }

  #hash(password: string): Promise<string> {
    const { memoryKiB, passes, lanes } = this.#cost;
    const options = { memoryCost: memoryKiB, timeCost: passes, parallelism: lanes } satisfies Options;
    return hash(Buffer.from(password), options); // argon2id is the package's default
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const askedAt = performance.now();
    const deadline = currentScope()?.deadline;
    try {
      return await this.#bulkhead.execute(async () => {
        deadline?.signal.throwIfAborted();
        const startedAt = performance.now();
        const result = await work();
        const ms = { waited: Math.round(startedAt - askedAt), took: Math.round(performance.now() - startedAt) };
        this.#log.debug({ ms }, "a password was hashed");
        return result;
      });
    } catch (error) {
      if (error instanceof BulkheadRejectedError) throw new RateLimited(retryAfterSeconds);
      throw error;
    }
  }
}
