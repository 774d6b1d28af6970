import { type GraphQLFailure, request } from "./request.ts";

export interface SignedInUser {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
}

export interface SessionState {
  /** `unreachable`: it can't be told yet, because nobody answers; it is asked on. */
  readonly status: "unknown" | "unreachable" | "signed-out" | "signed-in";
  readonly user: SignedInUser | null;
}

interface Grant {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly user: SignedInUser;
}

const renewBeforeMs = 60_000;
const retryAfterMs = 3_000;
const lockName = "tareas:session";
/** Kept from the moment somebody signs out here until the server knows: no reload may sign them in again. */
const signingOut = "tareas:signing-out";
const grantFields = "accessToken expiresAt user { id username displayName }";
const refreshSession = `mutation RefreshSession { grant: refreshSession { ${grantFields} } }`;
const later = () => new Promise((resolve) => setTimeout(resolve, retryAfterMs));
/** What keeps a token from being renewed, other than that the session has ended, shows at the request itself. */
const ignoreOutage = () => {};
const signedOut: SessionState = { status: "signed-out", user: null };

/**
 * Who is signed in in this browser. The refresh token is in a cookie that no script can read; the access token lives in
 * memory. Tabs renew it one at a time, and tell each other what they got.
 */
export class Session {
  #state: SessionState = { status: "unknown", user: null };
  #grant: Grant | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #tabs = new BroadcastChannel("tareas:session");

  constructor() {
    this.#tabs.onmessage = ({ data }: MessageEvent<Grant | null>) => this.#take(data ?? undefined);
    void this.#begin();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SessionState => this.#state;

  /** Throws a {@link GraphQLFailure} with the code of what is wrong. */
  async signIn(username: string, password: string): Promise<void> {
    await this.#sign("login", "LoginInput", { username, password });
  }

  /** Throws a {@link GraphQLFailure} with the code of what is wrong. */
  async register(input: { username: string; password: string; email?: string }): Promise<void> {
    await this.#sign("register", "RegisterInput", input);
  }

  /** Signs out here at once, and at the server as soon as it can be reached. */
  async signOut(): Promise<void> {
    const token = this.#grant?.accessToken;
    localStorage.setItem(signingOut, "yes");
    this.#tell(undefined);
    await this.#finishSignOut(token);
  }

  /** As `fetch`, with the access token, which is renewed before it ends. */
  async fetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const send = (token: string | undefined) => {
      const headers = new Headers(init.headers);
      if (token) headers.set("authorization", `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    };
    const token = await this.#token();
    const response = await send(token);
    if (response.status !== 401) return response;
    // The session was ended from elsewhere, or just this token: a new one, if there is one to be had, tells.
    await this.#renew().catch(ignoreOutage);
    const renewed = this.#grant?.accessToken;
    return renewed && renewed !== token ? send(renewed) : response;
  }

  /** Finds out who is signed in, however long nobody answers. */
  async #begin(): Promise<void> {
    if (localStorage.getItem(signingOut)) {
      this.#take(undefined);
      return this.#finishSignOut(undefined);
    }
    while (this.#state.status === "unknown" || this.#state.status === "unreachable") {
      try {
        await this.#renew();
      } catch {
        this.#show({ status: "unreachable", user: null });
        await later();
      }
    }
  }

  /** Ends the session of this browser's cookie at the server; without a token it takes one by that cookie first. */
  async #finishSignOut(token: string | undefined): Promise<void> {
    while (localStorage.getItem(signingOut)) {
      try {
        const current = token ?? (await request<{ grant: Grant }>(refreshSession)).grant.accessToken;
        await request("mutation SignOut { logout { endedSessions } }", {}, current);
        localStorage.removeItem(signingOut);
      } catch (error) {
        if ((error as GraphQLFailure).code === "UNAUTHENTICATED") localStorage.removeItem(signingOut);
        else await later();
      }
    }
  }

  async #sign(field: "login" | "register", type: string, input: object): Promise<void> {
    const query = `mutation SignIn($input: ${type}!) { grant: ${field}(input: $input) { ${grantFields} } }`;
    const { grant } = await request<{ grant: Grant }>(query, { input });
    localStorage.removeItem(signingOut);
    this.#tell(grant);
  }

  async #token(): Promise<string | undefined> {
    if (!this.#grant) return undefined;
    const leftMs = Date.parse(this.#grant.expiresAt) - Date.now();
    // While it is good, an outage of whoever renews it is nobody's business.
    if (leftMs < renewBeforeMs) await (leftMs > 0 ? this.#renew().catch(ignoreOutage) : this.#renew());
    return this.#grant?.accessToken;
  }

  /** Only one tab at a time asks; the others find what it got when their turn comes. */
  async #renew(): Promise<void> {
    const before = this.#grant;
    await navigator.locks.request(lockName, async () => {
      if (this.#grant !== before) return;
      try {
        this.#tell((await request<{ grant: Grant }>(refreshSession)).grant);
      } catch (error) {
        if ((error as GraphQLFailure).code === "UNAUTHENTICATED") this.#tell(undefined);
        else throw error;
      }
    });
  }

  #tell(grant: Grant | undefined): void {
    this.#take(grant);
    this.#tabs.postMessage(grant ?? null);
  }

  #take(grant: Grant | undefined): void {
    this.#grant = grant;
    this.#show(grant ? { status: "signed-in", user: grant.user } : signedOut);
  }

  #show(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
