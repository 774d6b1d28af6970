import { createHash } from "node:crypto";
import { Unauthenticated } from "@tareas/service-kit/errors";
import type { Client } from "@tareas/service-kit/http/client";
import type { Log } from "@tareas/service-kit/log";
import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import { runInBackground } from "@tareas/service-kit/request-scope";
import { Types } from "mongoose";
import { enterAccount } from "../accounts/enter-account.ts";
import type { Models } from "../models.ts";

interface Failures {
  /** Of the event that they are counted in. */
  readonly eventId: string;
  readonly accountId: string;
  readonly client: Client;
  readonly at: Date;
  count: number;
}

const flushEveryMs = 1_000;
const windowMs = 60 * 60 * 1_000;
// Addresses that share a slot share an event: so many an hour is the most that anybody can make an account hold.
const slotsPerWindow = 32;
const mostHeld = 10_000;

/**
 * Sign-ins that failed for a wrong password. They are counted in memory and written down once a second, so that a flood
 * of them is a few writes, and so that nothing about the answer's time tells whether there was an account to write for.
 */
export class FailedSignIns implements AsyncDisposable {
  readonly #models: Models;
  readonly #inTransaction: InTransaction;
  readonly #log: Log;
  #held = new Map<string, Failures>();
  #timer: NodeJS.Timeout | undefined;
  #flushing = Promise.resolve();

  constructor(models: Models, inTransaction: InTransaction, log: Log) {
    this.#models = models;
    this.#inTransaction = inTransaction;
    this.#log = log;
  }

  /** Notes one; returns at once. */
  note(accountId: string, client: Client): void {
    const at = new Date();
    const eventId = eventIdOf(accountId, client.address, at);
    const key = `${eventId} ${client.address} ${client.device}`;
    const known = this.#held.get(key);
    if (known) known.count += 1;
    else if (this.#held.size < mostHeld) this.#held.set(key, { eventId, accountId, client, at, count: 1 });
    this.#timer ??= runInBackground(() => setTimeout(() => void this.#flush(), flushEveryMs));
  }

  /** Writes down what is still held. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#flush();
  }

  #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing = this.#flushing.then(() => this.#write());
    return this.#flushing;
  }

  async #write(): Promise<void> {
    const held = Map.groupBy(this.#held.values(), ({ accountId }) => accountId);
    this.#held = new Map();
    for (const [accountId, failures] of held) {
      try {
        await this.#inTransaction(async (session) => {
          await enterAccount(this.#models, accountId, session);
          await this.#models.SecurityEvent.bulkWrite(failures.map(addition), { session });
        });
      } catch (error) {
        if (error instanceof Unauthenticated) continue; // the account was deleted meanwhile
        this.#log.error({ err: error, events: failures.length }, "failed sign-ins could not be written down");
      }
    }
  }
}

/** The same for failures that are one event: of one account, within one hour, from the addresses of one slot. */
function eventIdOf(accountId: string, address: string, at: Date): string {
  const slot = createHash("sha256").update(address).digest().readUInt32BE() % slotsPerWindow;
  return `${accountId}:${Math.floor(at.getTime() / windowMs)}:${slot}`;
}

/** Adds to an event, or makes it. Its time stays the first one's, so that it keeps its place among the pages. */
function addition({ eventId: _id, accountId, client, at, count }: Failures) {
  const set = {
    accountId: new Types.ObjectId(accountId),
    type: "SIGN_IN_FAILED",
    at: { $ifNull: ["$at", at] },
    address: agreed("address", client.address),
    device: agreed("device", client.device),
    sessionId: null,
    detail: null,
    count: { $add: [{ $ifNull: ["$count", 0] }, count] },
  };
  return { updateOne: { filter: { _id }, update: [{ $set: set }], upsert: true } };
}

/** The value, or null once there was another. It is a client's own word, so that none of it may count as an expression. */
function agreed(field: string, word: string | null) {
  const value = { $literal: word };
  const isFirst = { $eq: [{ $type: "$count" }, "missing"] };
  return { $cond: [{ $or: [isFirst, { $eq: [`$${field}`, value] }] }, value, null] };
}
