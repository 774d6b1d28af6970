import { LeavingRate } from "./leaving-rate.ts";
import { type Priority, priorities } from "./priority.ts";

export interface AdmissionLimits {
  /** How many requests may be worked on at a time; 0: any number. */
  readonly maxInFlight: number;
  /** So many at a time are no overload, however late the loop is: a burst, or a server that has just started. */
  readonly leastInFlight: number;
  /** How late the event loop may be, again and again, in milliseconds; 0: as late as it likes. */
  readonly maxDelayMs: number;
}

/** The share of the limit up to which requests of a priority are let in: what is left is for those above. */
const shareOf: Readonly<Record<Priority, number>> = { login: 1, write: 0.9, read: 0.75, "large-read": 0.5 };

/** So many of a priority are let in however many of the others are there when the limit comes down. */
const reserveOf: Readonly<Record<Priority, number>> = { login: 16, write: 8, read: 0, "large-read": 0 };

/** So many turns of the loop are looked at: with the middle one, one or two long ones are forgiven. */
const turns = 5;
/** The limit is what is done in so many times the delay that the loop may have: a request needs some turns of the loop. */
const turnsOfARequest = 4;
/** So long the loop has to be in time before the limit goes up, how often it does then, and by how much each time. */
const calmMs = 1_000;
const raiseEveryMs = 100;
const growth = 1.02;

/**
 * Decides which requests a server takes. While its event loop is late, it takes no more at a time than it does in a moment;
 * while it is not, the limit goes up, to the largest that is allowed. (A delay that stands, not one that passes, is
 * overload: CoDel, RFC 8289. A limit by rate and time: Little's law, as in Netflix's concurrency-limits, which also has
 * shares by priority.)
 */
export class AdmissionControl {
  readonly #most: number;
  readonly #least: number;
  readonly #maxDelayMs: number;
  readonly #delays: number[] = Array(turns).fill(0);
  readonly #inFlightOf = Object.fromEntries(priorities.map((one) => [one, 0])) as Record<Priority, number>;
  readonly #rate = new LeavingRate();
  #limit: number;
  #inFlight = 0;
  #lateAt = Number.NEGATIVE_INFINITY;
  #raisedAt = 0;

  constructor({ maxInFlight, leastInFlight, maxDelayMs }: AdmissionLimits) {
    this.#most = maxInFlight || Number.POSITIVE_INFINITY;
    this.#least = Math.min(this.#most, leastInFlight);
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

  /** How late the loop is, in milliseconds: the middle one of the last turns. */
  get delayMs(): number {
    return this.#delays.toSorted((one, other) => one - other)[turns >> 1] ?? 0;
  }

  /** Nothing is in flight, and nothing limits what comes: there is nothing to observe until something is in flight. */
  get isAtEase(): boolean {
    return this.#inFlight === 0 && this.#limit === this.#most && this.delayMs <= this.#maxDelayMs;
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
    this.#rate.count();
  }

  /** Takes how late one turn of the loop was, and when that was, both in milliseconds. */
  observe(delayMs: number, nowMs: number): void {
    this.#delays.shift();
    this.#delays.push(delayMs);
    const isLate = this.delayMs > this.#maxDelayMs;
    if (isLate) this.#lateAt = nowMs;
    const perMs = this.#rate.perMs(nowMs);
    if (isLate) this.#lower(perMs * this.#maxDelayMs * turnsOfARequest);
    if (nowMs - this.#lateAt < calmMs || nowMs - this.#raisedAt < raiseEveryMs) return;
    this.#raisedAt = nowMs;
    this.#limit = Math.min(this.#most, this.#limit * growth);
  }

  #lower(limit: number): void {
    this.#limit = Math.max(this.#least, Math.min(this.#limit, limit));
  }
}
