import { type Priority, priorities } from "./priority.ts";

export interface AdmissionLimits {
  /** How many requests may be worked on at a time; 0: any number. */
  readonly maxInFlight: number;
  /** How late the event loop may be, again and again, in milliseconds; 0: as late as it likes. */
  readonly maxDelayMs: number;
}

/** The share of the limit up to which requests of a priority are let in: what is left is for those above. */
const shareOf: Readonly<Record<Priority, number>> = { login: 1, write: 0.9, read: 0.75, "large-read": 0.5 };

/** So many of a priority are let in however low the limit has come: who is to be let in last of all is not to wait for it. */
const reserveOf: Readonly<Record<Priority, number>> = { login: 8, write: 4, read: 0, "large-read": 0 };

/** So many requests at a time are no overload, however late the loop is: each waits for others, too. */
const leastLimit = 16;
/** So many turns of the loop are looked at: with the middle one, one or two long ones are forgiven. */
const turns = 5;
/** For so long the loop has to be late before the limit comes down, and down again. */
const intervalMs = 100;
const growth = 1.1;

/**
 * Decides which requests a server takes: as many at a time as keep its event loop from being late. While the loop is late,
 * the limit comes down in proportion to how late it is; while it is not, the limit goes up by a tenth each interval.
 * (The standing delay is after CoDel, RFC 8289; the limit after Netflix's concurrency-limits, whose gradient is target by
 * measured delay; the shares after its partitions by priority.)
 */
export class AdmissionControl {
  readonly #most: number;
  readonly #maxDelayMs: number;
  readonly #delays: number[] = Array(turns).fill(0);
  readonly #inFlightOf = Object.fromEntries(priorities.map((one) => [one, 0])) as Record<Priority, number>;
  #limit: number;
  #inFlight = 0;
  #lateSince: number | undefined;
  #changedAt = 0;

  constructor({ maxInFlight, maxDelayMs }: AdmissionLimits) {
    this.#most = maxInFlight || Number.POSITIVE_INFINITY;
    this.#limit = this.#most;
    this.#maxDelayMs = maxDelayMs || Number.POSITIVE_INFINITY;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** How many may be in flight now; infinite when nothing limits it. */
  get limit(): number {
    return this.#limit;
  }

  /** How late the loop is, in milliseconds. */
  get delayMs(): number {
    return this.#delays.toSorted((one, other) => one - other)[turns >> 1] ?? 0;
  }

  mayEnter(priority: Priority): boolean {
    if (this.#inFlight < this.#limit * shareOf[priority]) return true;
    return this.#inFlightOf[priority] < reserveOf[priority] && this.#inFlight < this.#most * shareOf[priority];
  }

  /** A request that is let in is in flight until it leaves. */
  enter(priority: Priority): void {
    this.#inFlight += 1;
    this.#inFlightOf[priority] += 1;
  }

  leave(priority: Priority): void {
    this.#inFlight -= 1;
    this.#inFlightOf[priority] -= 1;
  }

  /** Takes how late one turn of the loop was, and when that was, both in milliseconds. */
  observe(delayMs: number, nowMs: number): void {
    this.#delays.shift();
    this.#delays.push(delayMs);
    const middle = this.delayMs;
    if (middle <= this.#maxDelayMs) this.#lateSince = undefined;
    else this.#lateSince ??= nowMs;
    if (nowMs - Math.max(this.#changedAt, this.#lateSince ?? 0) < intervalMs) return;
    this.#changedAt = nowMs;
    if (this.#lateSince === undefined) this.#limit = Math.min(this.#most, this.#limit * growth);
    // While more are in flight than the limit allows, the last change has not had its effect.
    else if (this.#inFlight <= this.#limit) this.#lower(middle);
  }

  #lower(delayMs: number): void {
    const gradient = Math.max(0.5, this.#maxDelayMs / delayMs);
    const least = Math.min(this.#most, leastLimit);
    this.#limit = Math.max(least, Math.min(this.#limit, this.#inFlight) * gradient);
  }
}
