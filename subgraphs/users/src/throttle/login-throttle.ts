import type { FamiliarAddresses } from "./familiar-addresses.ts";
import { networkOf } from "./network.ts";
import type { Limit, Throttle, Try } from "./throttle.ts";

/** How many wrong passwords come without a delay. */
export interface LoginLimits {
  /** From one address for one name. */
  readonly freePerNameAndAddress: number;
  /** From one address, for whatever names. */
  readonly freePerAddress: number;
  /** For one name, from all addresses where its owner was not seen. */
  readonly freePerName: number;
}

/** Who signs in as whom. */
export interface LoginClaim {
  /** The key of the name as it was typed. */
  readonly nameKey: string;
  /** Of the account with this name, if there is one. */
  readonly accountId: string | undefined;
  readonly address: string;
}

/** A login that was let in. */
export interface LoginAttempt {
  /** Forgets the wrong passwords that its owner typed here, and makes the address familiar. */
  succeeded(accountId: string): Promise<void>;
  /** For a try that came to nothing through no fault of whoever made it. */
  giveBack(): Promise<void>;
}

/**
 * Slows down who guesses passwords, and not the owner: what others do, even from 10,000 addresses, counts nothing at an
 * address where the owner was seen. Names that nobody has are treated alike, with as many reads and writes.
 */
export class LoginThrottle {
  readonly #throttle: Throttle;
  readonly #familiar: FamiliarAddresses;
  readonly #limits: LoginLimits;

  constructor(throttle: Throttle, familiar: FamiliarAddresses, limits: LoginLimits) {
    this.#throttle = throttle;
    this.#familiar = familiar;
    this.#limits = limits;
  }

  /** Counts a login before its password is looked at. Throws `RateLimited`. */
  async admit(claim: LoginClaim): Promise<LoginAttempt> {
    const { address, pair, name } = this.#limitsOf(claim, await this.#familiar.has(claim.accountId, claim.address));
    await this.#throttle.requireOpen([address, pair, name]);
    const atAddress = await this.#throttle.take(address);
    const atPair = await this.#throttle.take(pair);
    // What one address does beyond its free tries is slowed down there. Were it counted for the name too, one address
    // alone could, with patience, keep the owner from signing in at new places.
    const atName = atPair.number <= pair.free ? [await this.#throttle.take(name)] : [];
    return this.#attempt(claim.address, atPair, [atAddress, ...atName]);
  }

  #limitsOf({ nameKey, address }: LoginClaim, isFamiliar: boolean): Record<"address" | "pair" | "name", Limit> {
    const { freePerAddress, freePerNameAndAddress, freePerName } = this.#limits;
    const network = networkOf(address);
    const pair = { key: ["login as and at", nameKey, network], free: freePerNameAndAddress };
    // The pair alone limits a familiar address. The other counters are only kept for as many reads and writes to be
    // made: else the time would tell a neighbour of its owner that there is such an account.
    if (isFamiliar) return { address: unlimited("address", pair), pair, name: unlimited("name", pair) };
    return {
      address: { key: ["login at", network], free: freePerAddress },
      pair,
      name: { key: ["login as", nameKey], free: freePerName },
    };
  }

  #attempt(address: string, atPair: Try, others: readonly Try[]): LoginAttempt {
    const giveBack = async (tries: readonly Try[]) => {
      await Promise.all(tries.map((each) => this.#throttle.giveBack(each)));
    };
    return {
      succeeded: async (accountId) => {
        // Of the others only this one goes: who has an account could else clear an address for guessing at more names.
        await Promise.all([giveBack(others), this.#throttle.forget(atPair)]);
        await this.#familiar.remember(accountId, address);
      },
      giveBack: () => giveBack([atPair, ...others]),
    };
  }
}

const unlimited = (what: string, { key }: Limit): Limit => ({ key: [what, ...key], free: Number.MAX_SAFE_INTEGER });
