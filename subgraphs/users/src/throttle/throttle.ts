import { createHash, randomUUID } from "node:crypto";
import { RateLimited } from "@tareas/service-kit/errors";
import { boundToScope, runInBackground } from "@tareas/service-kit/request-scope";
import { bulkhead } from "cockatiel";
import type { Models } from "../models.ts";

/** How many tries at one thing come without a delay. */
export interface Limit {
  /** What is tried, and by or at whom: `["register", "203.0.113.7"]`. */
  readonly key: readonly string[];
  readonly free: number;
}

export interface ThrottleOptions {
  /** The delay after the last free try; each further try doubles it. */
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** How long after a try and its delay it is forgotten. */
  readonly forgetAfterMs: number;
}

/** A try that was let in, and has been counted. */
export interface Try {
  readonly keyHash: string;
  readonly id: string;
  /** 1 for the first that is remembered. */
  readonly number: number;
}

interface Taken {
  readonly tries: number;
  readonly lastTry: string;
  /** How long the delay that runs now will last. */
  readonly waitMs: number;
}

// Of many updates of one document at once all but one have to begin again: more would only make MongoDB sweat, and hold
// the connections that other requests need.
const atOnce = 4;
const epoch = new Date(0);
const mostDoublings = 40; // beyond what any setting needs, and still a number that is exact

/**
 * Slows down whoever tries too often, for all replicas together and by MongoDB's clock. Each try is counted before it
 * costs anything, by one atomic update: of many at once, each finds those before it. While a delay runs tries are
 * refused, and do not make it longer: nobody is locked out for good.
 */
export class Throttle {
  readonly #records: Models["Throttle"];
  readonly #options: ThrottleOptions;
  readonly #inTurn = bulkhead(atOnce, Number.POSITIVE_INFINITY);

  constructor({ Throttle: records }: Models, options: ThrottleOptions) {
    this.#records = records;
    this.#options = options;
  }

  /** Counts a try. Throws `RateLimited` when a delay runs. */
  async admit(limit: Limit): Promise<Try> {
    await this.requireOpen([limit]);
    return this.take(limit);
  }

  /** Throws `RateLimited` when a delay runs at one of the limits. It counts nothing, so that a flood costs a read each. */
  async requireOpen(limits: readonly Limit[]): Promise<void> {
    const isBlocked = { _id: { $in: limits.map(hashOf) }, $expr: { $gt: ["$blockedUntil", "$$NOW"] } };
    const blocked = await this.#waiting(() => this.#records.find(isBlocked, remaining).lean<Taken[]>().exec());
    if (blocked.length > 0) throw refusal(Math.max(...blocked.map(({ waitMs }) => waitMs)));
  }

  /** Counts a try against one limit. Throws `RateLimited` when a delay runs. */
  async take(limit: Limit): Promise<Try> {
    const id = randomUUID();
    const keyHash = hashOf(limit);
    const options = { upsert: true, returnDocument: "after", updatePipeline: true, projection: remaining } as const;
    const taken = await this.#waiting(() =>
      this.#records.findOneAndUpdate({ _id: keyHash }, this.#taking(id, limit.free), options).lean<Taken>().exec(),
    );
    if (taken === null) throw new TypeError("an upsert gives a document");
    if (taken.lastTry !== id) throw refusal(taken.waitMs);
    return { keyHash, id, number: taken.tries };
  }

  /** Takes a try back, and the delay that it brought: as if it had not been. */
  async giveBack({ keyHash, id }: Try): Promise<void> {
    const tries = { $max: [0, { $subtract: ["$tries", 1] }] };
    const blockedUntil = { $cond: [{ $eq: ["$lastTry", id] }, "$$NOW", "$blockedUntil"] };
    const update = [{ $set: { tries, blockedUntil } }];
    // Also when nobody waits for the answer any more: it was not they who did wrong.
    await runInBackground(() => this.#records.updateOne({ _id: keyHash }, update, { updatePipeline: true }).exec());
  }

  /** Forgets all tries of the same key. */
  async forget({ keyHash }: Try): Promise<void> {
    await runInBackground(() => this.#records.deleteOne({ _id: keyHash }).exec());
  }

  /** Does it in turn, within the deadline of the request that asks for it now. */
  #waiting<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn.execute(boundToScope(work));
  }

  /** Counts the try `id` unless a delay runs; then it changes nothing, and so writes nothing. */
  #taking(id: string, free: number) {
    const { firstDelayMs, longestDelayMs, forgetAfterMs } = this.#options;
    const isForgotten = { $lte: [{ $ifNull: ["$expiresAt", epoch] }, "$$NOW"] };
    const isOpen = { $lte: ["$blockedUntil", "$$NOW"] };
    const isTaken = { $eq: ["$lastTry", id] };
    const doublings = { $min: [{ $subtract: ["$tries", free] }, mostDoublings] };
    const delayMs = { $min: [longestDelayMs, { $multiply: [firstDelayMs, { $pow: [2, doublings] }] }] };
    const isDelayed = { $and: [isTaken, { $gte: ["$tries", free] }] };
    const forgottenAt = { $add: [{ $max: ["$blockedUntil", "$$NOW"] }, forgetAfterMs] };
    const either = (condition: object, value: unknown, field: string) => ({ $cond: [condition, value, `$${field}`] });
    return [
      { $set: { tries: either(isForgotten, 0, "tries"), blockedUntil: { $ifNull: ["$blockedUntil", epoch] } } },
      { $set: { tries: either(isOpen, { $add: ["$tries", 1] }, "tries"), lastTry: either(isOpen, id, "lastTry") } },
      { $set: { blockedUntil: either(isDelayed, { $add: ["$$NOW", delayMs] }, "blockedUntil") } },
      { $set: { expiresAt: either(isTaken, forgottenAt, "expiresAt") } },
    ];
  }
}

const remaining = { tries: 1, lastTry: 1, waitMs: { $subtract: ["$blockedUntil", "$$NOW"] } };

const hashOf = ({ key }: Limit) => createHash("sha256").update(JSON.stringify(key)).digest("base64url");

const refusal = (waitMs: number) => new RateLimited(Math.max(1, Math.ceil(waitMs / 1_000)));
