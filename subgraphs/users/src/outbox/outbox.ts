import { type ClientSession, Types } from "mongoose";
import type { Models } from "../models.ts";
import type { OutboxRecord } from "./outbox-model.ts";

/** An event as the other server sees it. */
export interface OutboxEvent extends Omit<OutboxRecord, "_id"> {
  readonly id: string;
}

export interface OutboxPage {
  readonly events: readonly OutboxEvent[];
  /** Whether there are others behind these. */
  readonly more: boolean;
}

const pageSize = 50;

/**
 * What the tasks subgraph still has to act on. An event is recorded in the transaction of what it tells of, and stays
 * until it is acknowledged, so that it is acted on at least once, whoever is down meanwhile. (transactional outbox)
 */
export class Outbox {
  readonly #records: Models["OutboxEvent"];

  constructor({ OutboxEvent }: Pick<Models, "OutboxEvent">) {
    this.#records = OutboxEvent;
  }

  async add(type: OutboxRecord["type"], accountId: string, session: ClientSession): Promise<void> {
    await this.#records.create([{ type, accountId, at: new Date() }], { session });
  }

  /** The oldest events. */
  async page(): Promise<OutboxPage> {
    const found = await this.#records
      .find()
      .sort({ _id: 1 })
      .limit(pageSize + 1)
      .lean<OutboxRecord[]>();
    const events = found.slice(0, pageSize).map(({ _id, ...event }) => ({ id: _id.toHexString(), ...event }));
    return { events, more: found.length > pageSize };
  }

  /** Forgets an event: all that follows from it is done. One that is unknown was acknowledged before. */
  async acknowledge(id: string): Promise<void> {
    if (Types.ObjectId.isValid(id)) await this.#records.deleteOne({ _id: id });
  }
}
