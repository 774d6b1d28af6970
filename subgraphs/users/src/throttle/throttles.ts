import type { InTransaction } from "@tareas/service-kit/mongo/transaction";
import { runInBackground } from "@tareas/service-kit/request-scope";
import type { Models } from "../models.ts";
import { FamiliarAddresses } from "./familiar-addresses.ts";
import { type LoginLimits, LoginThrottle } from "./login-throttle.ts";
import { networkOf } from "./network.ts";
import { Throttle, type ThrottleOptions } from "./throttle.ts";

export interface ThrottlesOptions extends ThrottleOptions, LoginLimits {
  readonly freeRegistrations: number;
  readonly freeRefreshes: number;
  readonly freePasswordChanges: number;
  readonly freePasswordResets: number;
}

/** A try that was let in, at whatever. */
export interface Attempt {
  /** As if it had not been made. */
  giveBack(): Promise<void>;
  /** As if none had been made. */
  forget(): Promise<void>;
}

/** What slows down who tries too often, for each thing that can be tried. */
export class Throttles {
  readonly throttle: Throttle;
  readonly familiar: FamiliarAddresses;
  readonly logins: LoginThrottle;
  readonly #options: ThrottlesOptions;

  constructor(models: Models, inTransaction: InTransaction, options: ThrottlesOptions) {
    this.throttle = new Throttle(models, options);
    this.familiar = new FamiliarAddresses(models, inTransaction);
    this.logins = new LoginThrottle(this.throttle, this.familiar, options);
    this.#options = options;
  }

  /** Counts an account that is about to be made. Throws `RateLimited`. */
  admitRegistration(address: string): Promise<Attempt> {
    return this.#admit(["register", networkOf(address)], this.#options.freeRegistrations);
  }

  /** Counts a refresh token that is about to be looked at. Throws `RateLimited`. */
  admitRefresh(address: string): Promise<Attempt> {
    return this.#admit(["refresh", networkOf(address)], this.#options.freeRefreshes);
  }

  /** Counts a guess at the current password by somebody who is signed in to the account. Throws `RateLimited`. */
  admitPasswordChange(accountId: string): Promise<Attempt> {
    return this.#admit(["change password", accountId], this.#options.freePasswordChanges);
  }

  /** Counts a mail that is asked for. Throws `RateLimited`. */
  admitResetRequest(address: string): Promise<Attempt> {
    return this.#admit(["request password reset", networkOf(address)], this.#options.freePasswordResets);
  }

  /** Counts a token to reset a password that is about to be looked at. Throws `RateLimited`. */
  admitReset(address: string): Promise<Attempt> {
    return this.#admit(["reset password", networkOf(address)], this.#options.freePasswordResets);
  }

  async #admit(key: readonly string[], free: number): Promise<Attempt> {
    const admitted = await this.throttle.admit({ key, free });
    return { giveBack: () => this.throttle.giveBack(admitted), forget: () => this.throttle.forget(admitted) };
  }
}

/** Awaits what a try was made for; when that can't be done, the try does not count. */
export async function orGiveBack<T>(attempt: Pick<Attempt, "giveBack">, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await runInBackground(() => attempt.giveBack()); // also when the request's time is over
    throw error;
  }
}
