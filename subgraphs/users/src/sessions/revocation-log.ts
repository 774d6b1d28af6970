import type { RevocationPage } from "@tareas/service-kit/auth/revocation-feed";
import { type Revocation, Revocations } from "@tareas/service-kit/auth/revocations";
import type { Log } from "@tareas/service-kit/log";
import type { ClientSession } from "mongoose";
import type { Models } from "../models.ts";

const followEveryMs = 1_000;
// A transaction may commit this long after the time that its revocations say.
const overlapMs = 30_000;

/**
 * The revocations of this subgraph: recorded in the transaction that ends a session, and known to this process from
 * then on. What other replicas record is read every second; other services ask for it by `since`.
 */
export class RevocationLog implements Disposable {
  readonly #records: Models["Revocation"];
  readonly #tokenLifeMs: number;
  readonly #log: Log;
  readonly #known = new Revocations();
  #asOf = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** `tokenLifeMs` is how long an access token that was issued just now may still be taken anywhere. */
  constructor({ Revocation }: Models, tokenLifeMs: number, log: Log) {
    this.#records = Revocation;
    this.#tokenLifeMs = tokenLifeMs;
    this.#log = log;
  }

  /** Whether tokens of this session or this account count no more. */
  has(claims: { readonly sub: string; readonly sid: string }): boolean {
    return this.#known.has(claims);
  }

  /** Records them in a transaction. Returns what `announce` takes once that is committed. */
  async record(ids: readonly string[], session: ClientSession): Promise<Revocation[]> {
    const until = Date.now() + this.#tokenLifeMs;
    const recorded = { $set: { recordedAt: "$$NOW", until: new Date(until) } };
    for (const _id of ids)
      await this.#records.updateOne({ _id }, [recorded], { session, upsert: true, updatePipeline: true });
    return ids.map((id) => ({ id, until }));
  }

  /** Makes this process refuse their tokens at once. */
  announce(revocations: readonly Revocation[]): void {
    this.#known.add(revocations);
  }

  /** What was recorded from `since` on (in milliseconds since 1970), and some of what was before. */
  async since(since: number): Promise<RevocationPage> {
    const records = await this.#records
      .find({ recordedAt: { $gte: new Date(Math.max(0, since - overlapMs)) }, until: { $gt: new Date() } })
      .lean();
    const asOf = records.reduce((latest, { recordedAt }) => Math.max(latest, recordedAt.getTime()), since);
    return { revocations: records.map(({ _id, until }) => ({ id: _id, until: until.getTime() })), asOf };
  }

  /** Reads what other replicas record, until it is disposed of. */
  async follow(): Promise<void> {
    try {
      const { revocations, asOf } = await this.since(this.#asOf);
      this.#known.add(revocations);
      this.#asOf = asOf;
    } catch (error) {
      this.#log.warn({ err: error }, "the revocations could not be read");
    }
    if (!this.#closed) this.#timer = setTimeout(() => void this.follow(), followEveryMs).unref();
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
