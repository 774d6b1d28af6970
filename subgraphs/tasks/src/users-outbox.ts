import { type ServiceTokens, serviceTokenHeader } from "@tareas/service-kit/auth/service-token";
import type { Log } from "@tareas/service-kit/log";
import { z } from "zod";

interface UsersOutboxOptions {
  /** Where the users subgraph tells of events, each of which is acknowledged by a DELETE below. */
  readonly url: string;
  readonly everyMs: number;
  readonly services: ServiceTokens;
  /** Does all that follows from the deletion of an account. It may be called again for the same one. */
  readonly accountDeleted: (accountId: string) => Promise<void>;
  readonly log: Log;
}

const pageSchema = z.object({
  events: z.array(z.object({ id: z.string(), type: z.string(), accountId: z.string() })),
  more: z.boolean(),
});

type OutboxEvent = z.output<typeof pageSchema>["events"][number];

const fetchTimeoutMs = 5_000;

/**
 * Acts on the events of the users subgraph, oldest first, and acknowledges each when all is done: at least once, over
 * the end of either process. While users is down it asks on.
 */
export class UsersOutbox implements Disposable {
  readonly #options: UsersOutboxOptions;
  #isReached = true;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: UsersOutboxOptions) {
    this.#options = options;
  }

  /** Looks for events now and then again and again, until it is disposed of. */
  async follow(): Promise<void> {
    const more = await this.#round();
    if (!this.#closed) this.#timer = setTimeout(() => void this.follow(), more ? 0 : this.#options.everyMs).unref();
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Tells whether there is reason to look again at once. */
  async #round(): Promise<boolean> {
    try {
      const { events, more } = pageSchema.parse(await (await this.#call("GET")).json());
      if (!this.#isReached) this.#options.log.info("the outbox of users is followed again");
      this.#isReached = true;
      let done = 0;
      for (const event of events) done += (await this.#settle(event)) ? 1 : 0;
      return more && done > 0;
    } catch (error) {
      // Once is enough for an outage, whatever it lasts.
      this.#options.log[this.#isReached ? "warn" : "debug"]({ err: error }, "the outbox of users could not be read");
      this.#isReached = false;
      return false;
    }
  }

  /** A failure is logged, and leaves the event for the next round, so that it does not hold up those behind it. */
  async #settle({ id, type, accountId }: OutboxEvent): Promise<boolean> {
    const { accountDeleted, log } = this.#options;
    if (this.#closed) return false;
    try {
      if (type !== "account.deleted") throw new Error(`nothing is known of events of the type ${type}`);
      await accountDeleted(accountId);
      await this.#call("DELETE", `/${id}`);
      log.info({ event: id, type }, "an event of users is settled");
      return true;
    } catch (error) {
      log.warn({ err: error, event: id, type }, "an event of users could not be settled yet");
      return false;
    }
  }

  async #call(method: "GET" | "DELETE", path = ""): Promise<Response> {
    const { url, services } = this.#options;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { [serviceTokenHeader]: services.issue("users") },
      redirect: "error",
      signal: AbortSignal.timeout(fetchTimeoutMs),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response;
  }
}
