import { send } from "../tracing/send.ts";
import { logIn, refreshSession, register, signOut } from "./operations.ts";
import { type GraphQLFailure, request } from "./request.ts";
import { SessionEnded } from "./session-ended.ts";

export interface SignedInUser {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
}

export interface SessionState {
  /**
   * `unreachable`: it can't be told yet, because nobody answers; it is asked on. Who was signed in here last counts as
   * `signed-in` until the server says otherwise.
   */
  readonly status: "unknown" | "unreachable" | "signed-out" | "signed-in";
  readonly user: SignedInUser | null;
  /** Whose session ended without their doing; null when they signed out. */
  readonly ended: SignedInUser | null;
}

interface Grant {
  readonly accessToken: string;
  readonly user: SignedInUser;
}

const renewBeforeMs = 60_000;
const retryAfterMs = 3_000;
const lockName = "tareas:session";
const storedUser = "tareas:user";
/** Counts the renewals of all tabs. */
const storedRenewals = "tareas:renewals";
const messageWithinMs = 500;
/** Kept from the moment somebody signs out here until the server knows: no reload may sign them in again. */
const signingOut = "tareas:signing-out";
const later = () =>
  new Promise((resolve) => {
    setTimeout(resolve, retryAfterMs);
    window.addEventListener("online", resolve, { once: true });
  });
/** What keeps a token from being renewed, other than that the session has ended, shows at the request itself. */
const ignoreOutage = () => {};

interface TabMessage {
  readonly grant: Grant | null;
  readonly hasEnded: boolean;
}

/**
 * Who is signed in in this browser. The refresh token is in a cookie that no script can read; the access token lives in
 * memory. Tabs renew it one at a time, and tell each other what they got.
 */
export class Session {
  #state: SessionState = { status: "unknown", user: null, ended: null };
  #grant: Grant | undefined;
  #goodUntilMs = 0;
  readonly #listeners = new Set<() => void>();
  readonly #tabs = new BroadcastChannel("tareas:session");

  constructor() {
    this.#tabs.onmessage = ({ data }: MessageEvent<TabMessage>) => this.#take(data);
    void this.#begin();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SessionState => this.#state;

  /** Throws a {@link GraphQLFailure} with the code of what is wrong. */
  async signIn(username: string, password: string): Promise<void> {
    await this.#sign(logIn, { username, password });
  }

  /** Throws a {@link GraphQLFailure} with the code of what is wrong. */
  async register(input: { username: string; password: string; email?: string }): Promise<void> {
    await this.#sign(register, input);
  }

  /** Signs out here at once, and at the server as soon as it can be reached. */
  async signOut(): Promise<void> {
    const token = this.#grant?.accessToken;
    localStorage.setItem(signingOut, "yes");
    this.#tell({ grant: null, hasEnded: false });
    await this.#finishSignOut(token);
  }

  /**
   * As `fetch`, in the name of one person: with their access token, which is renewed before it ends. Throws a
   * {@link SessionEnded} when it is another who is signed in by now, or nobody.
   */
  async fetchAs(userId: string, input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const sendWith = (token: string | undefined) => {
      if (this.#state.user?.id !== userId) throw new SessionEnded();
      const headers = new Headers(init.headers);
      if (token) headers.set("authorization", `Bearer ${token}`);
      return send(input, { ...init, headers });
    };
    const token = await this.#token();
    const response = await sendWith(token);
    if (response.status !== 401) return response;
    // The session was ended from elsewhere, or just this token: a new one, if there is one to be had, tells.
    await this.confirm();
    const renewed = this.#grant?.accessToken;
    return renewed && renewed !== token ? sendWith(renewed) : response;
  }

  /** Asks the server anew who is signed in, for all tabs; without an answer the next renewal tells. */
  async confirm(): Promise<void> {
    await this.#renew().catch(ignoreOutage);
  }

  /** Finds out who is signed in, however long nobody answers. */
  async #begin(): Promise<void> {
    if (localStorage.getItem(signingOut)) {
      this.#take({ grant: null, hasEnded: false });
      return this.#finishSignOut(undefined);
    }
    const last = localStorage.getItem(storedUser);
    if (last) this.#show({ status: "signed-in", user: JSON.parse(last), ended: null });
    while (this.#state.status !== "signed-out" && !this.#grant) {
      try {
        await this.#renew();
      } catch {
        if (!this.#state.user) this.#show({ status: "unreachable", user: null, ended: null });
        await later();
      }
    }
  }

  /** Ends the session of this browser's cookie at the server: by the token at hand or, once it has ended, by another. */
  async #finishSignOut(token: string | undefined): Promise<void> {
    let current = token;
    while (localStorage.getItem(signingOut)) {
      try {
        await this.#alone(async () => {
          if (!localStorage.getItem(signingOut)) return; // somebody has signed in
          current ??= (await request<{ grant: Grant }>(refreshSession)).grant.accessToken;
          await request(signOut, {}, current);
          localStorage.removeItem(signingOut);
        });
      } catch (error) {
        if ((error as GraphQLFailure).code !== "UNAUTHENTICATED") await later();
        else if (current === undefined) localStorage.removeItem(signingOut);
        current = undefined;
      }
    }
  }

  async #sign(query: string, input: object): Promise<void> {
    await this.#alone(async () => {
      const { grant } = await request<{ grant: Grant }>(query, { input });
      localStorage.removeItem(signingOut);
      this.#tell({ grant, hasEnded: false });
    });
  }

  /** One after the other, in all tabs: each answer about a session sets the cookie that the next request goes with. */
  async #alone(work: () => Promise<void>): Promise<void> {
    await navigator.locks.request(lockName, work);
  }

  async #token(): Promise<string | undefined> {
    if (this.#state.status === "signed-in") {
      const leftMs = this.#goodUntilMs - Date.now();
      // While it is good, an outage of whoever renews it is nobody's business.
      if (leftMs < renewBeforeMs) await (leftMs > 0 ? this.#renew().catch(ignoreOutage) : this.#renew());
    }
    return this.#grant?.accessToken;
  }

  /** Only one tab at a time asks; the others take what it got when their turn comes. */
  async #renew(): Promise<void> {
    const before = this.#grant;
    const renewals = localStorage.getItem(storedRenewals);
    await this.#alone(async () => {
      // Another tab was faster, and its message may still be on the way.
      if (renewals !== localStorage.getItem(storedRenewals) && this.#grant === before) await this.#message();
      if (this.#grant !== before || localStorage.getItem(signingOut)) return;
      const message = await this.#renewal();
      // Who has signed out meanwhile stays so.
      if (!localStorage.getItem(signingOut)) this.#tell(message);
    });
  }

  async #renewal(): Promise<TabMessage> {
    try {
      return { grant: (await request<{ grant: Grant }>(refreshSession)).grant, hasEnded: false };
    } catch (error) {
      if ((error as GraphQLFailure).code !== "UNAUTHENTICATED") throw error;
      return { grant: null, hasEnded: true };
    }
  }

  /** Resolves with the next message of another tab, or when it should have come. */
  #message(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve, messageWithinMs);
      this.#tabs.addEventListener("message", () => resolve(), { once: true });
    });
  }

  #tell(message: TabMessage): void {
    this.#take(message);
    localStorage.setItem(storedRenewals, String(Number(localStorage.getItem(storedRenewals)) + 1));
    this.#tabs.postMessage(message);
  }

  #take({ grant, hasEnded }: TabMessage): void {
    this.#grant = grant ?? undefined;
    this.#goodUntilMs = grant ? Date.now() + lifetimeMs(grant.accessToken) : 0;
    if (grant) localStorage.setItem(storedUser, JSON.stringify(grant.user));
    else localStorage.removeItem(storedUser);
    if (grant) this.#show({ status: "signed-in", user: grant.user, ended: null });
    else
      this.#show({
        status: "signed-out",
        user: null,
        ended: hasEnded ? (this.#state.user ?? this.#state.ended) : null,
      });
  }

  #show(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** How long a token lives from now, when it has just been issued: this device's clock may be another than the server's. */
function lifetimeMs(token: string): number {
  const payload = token.split(".")[1]?.replaceAll("-", "+").replaceAll("_", "/");
  const { iat, exp } = JSON.parse(atob(payload ?? "")) as { iat: number; exp: number };
  return (exp - iat) * 1_000;
}
