import { type GraphQLFailure, request } from "./request.ts";

export interface SignedInUser {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
}

export interface SessionState {
  readonly status: "unknown" | "signed-out" | "signed-in";
  readonly user: SignedInUser | null;
}

interface Grant {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly user: SignedInUser;
}

const renewBeforeMs = 60_000;
const lockName = "tareas:session";
const grantFields = "accessToken expiresAt user { id username displayName }";
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
    void this.#renew().catch(() => this.#take(undefined));
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

  async signOut(): Promise<void> {
    try {
      await request("mutation SignOut { logout { endedSessions } }", {}, await this.#token());
    } finally {
      this.#tell(undefined);
    }
  }

  /** As `fetch`, with the access token, which is renewed before it ends. */
  async fetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const token = await this.#token();
    const headers = new Headers(init.headers);
    if (token) headers.set("authorization", `Bearer ${token}`);
    const response = await fetch(input, { ...init, headers });
    // The session was ended from elsewhere: a new access token, if there is one to be had, tells.
    if (response.status === 401) await this.#renew().catch(() => this.#tell(undefined));
    return response;
  }

  async #sign(field: "login" | "register", type: string, input: object): Promise<void> {
    const query = `mutation SignIn($input: ${type}!) { grant: ${field}(input: $input) { ${grantFields} } }`;
    const { grant } = await request<{ grant: Grant }>(query, { input });
    this.#tell(grant);
  }

  async #token(): Promise<string | undefined> {
    if (!this.#grant) return undefined;
    if (Date.parse(this.#grant.expiresAt) - Date.now() < renewBeforeMs) await this.#renew();
    return this.#grant?.accessToken;
  }

  /** Only one tab at a time asks; the others find what it got when their turn comes. */
  async #renew(): Promise<void> {
    const before = this.#grant;
    await navigator.locks.request(lockName, async () => {
      if (this.#grant !== before) return;
      try {
        const query = `mutation RefreshSession { grant: refreshSession { ${grantFields} } }`;
        this.#tell((await request<{ grant: Grant }>(query)).grant);
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
    this.#state = grant ? { status: "signed-in", user: grant.user } : signedOut;
    for (const listener of this.#listeners) listener();
  }
}
