import { RateLimited } from "@tareas/service-kit/errors";
import { LRUCache } from "lru-cache";

const mostAddresses = 10_000;
const mostRefusals = 60;
const windowMs = 60_000;

interface Count {
  tries: number;
  readonly until: number;
}

/** How often each address came with an API token that nobody has: guessing must not become work for the users subgraph. */
export class Refusals {
  readonly #counts = new LRUCache<string, Count>({ max: mostAddresses });

  /**
   * Counts a try before its outcome is known, so that many at once count too. Returns what takes it back when it was
   * no guess. Throws `RateLimited` from the 61st within a minute on.
   */
  count(address: string, now = Date.now()): () => void {
    const known = this.#counts.get(address);
    const count = known && now < known.until ? known : { tries: 0, until: now + windowMs };
    if (count.tries >= mostRefusals) throw new RateLimited(Math.ceil((count.until - now) / 1_000));
    count.tries++;
    this.#counts.set(address, count);
    return () => {
      count.tries--;
    };
  }
}
