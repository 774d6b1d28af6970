import type { Client } from "@tareas/service-kit/http/client";
import { type ClientSession, Types } from "mongoose";
import type { Models } from "../models.ts";
import { type EventPlace, eventPage, resolveEventPage } from "./event-page.ts";
import type { SecurityEvent, SecurityEventType } from "./security-event.ts";
import type { SecurityEventRecord } from "./security-event-model.ts";

/** Where an event came from, and what else is worth keeping of it. */
export interface EventSource extends Client {
  readonly sessionId?: string;
  readonly detail?: string;
}

const queryTimeoutMs = 5_000;

/** The audit trail of accounts: what happened to each, when, and from where. Kept for 90 days. */
export class SecurityEvents {
  readonly #records: Models["SecurityEvent"];

  constructor({ SecurityEvent }: Models) {
    this.#records = SecurityEvent;
  }

  /** Writes an event down, in the transaction of the change that it tells of, if there is one. */
  async record(
    accountId: string,
    type: SecurityEventType,
    source: EventSource,
    session?: ClientSession,
  ): Promise<void> {
    const _id = new Types.ObjectId().toHexString();
    const at = new Date();
    const record = { _id, accountId: new Types.ObjectId(accountId), type, at, ...source, count: 1 };
    await this.#records.create([record], session ? { session } : {});
  }

  /** A page of an account's events, the newest first. Throws `BadUserInput`. */
  async page(accountId: string, args: unknown) {
    const { size, after } = resolveEventPage(args);
    const records = await this.#records
      .find({ accountId, ...(after && olderThan(after)) })
      .sort({ at: -1, _id: -1 })
      .limit(size + 1)
      .maxTimeMS(queryTimeoutMs)
      .lean<SecurityEventRecord[]>();
    return eventPage(records.map(eventOf), size, after);
  }
}

// `at` bounds the index, `$or` cuts off those of the same millisecond.
const olderThan = ({ at, id }: EventPlace) => ({
  at: { $lte: at },
  $or: [{ at: { $lt: at } }, { _id: { $lt: id } }],
});

const eventOf = ({ _id, accountId: _, ...event }: SecurityEventRecord): SecurityEvent => ({ id: _id, ...event });
