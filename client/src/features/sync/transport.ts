import { type DocumentNode, print } from "graphql";
import { answerWithinMs } from "../session/request.ts";
import { SessionEnded } from "../session/session-ended.ts";

/** The server said no, and will say so again. */
export class Refusal extends Error {
  readonly code: string;
  readonly fields: readonly { readonly path: string; readonly code: string }[];

  constructor({ code = "INTERNAL_SERVER_ERROR", fields = [] }: ErrorExtensions, message: string) {
    super(message);
    this.code = code;
    this.fields = fields;
  }

  /** Whether this is said of an input field. */
  says(path: string, code: string): boolean {
    return this.fields.some((field) => field.path === path && field.code === code);
  }
}

/** No answer, or one that says to come back: whether the write was done is not known. */
export class Unreachable extends Error {
  /** Not before then, if the server said so. */
  readonly retryAfterMs: number;
  /** The server answered that it failed: maybe at this operation alone. */
  readonly isFault: boolean;

  constructor({ code, retryAfterSeconds = 0 }: ErrorExtensions = {}) {
    super("no answer");
    this.isFault = code === "INTERNAL_SERVER_ERROR";
    this.retryAfterMs = retryAfterSeconds * 1_000;
  }
}

interface ErrorExtensions {
  readonly code?: string;
  readonly fields?: readonly { path: string; code: string }[];
  readonly retryAfterSeconds?: number;
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: ErrorExtensions }[];
}

/** Sends an operation and returns its data. Throws a Refusal, Unreachable or SessionEnded. */
export type Send = (document: DocumentNode, variables: object, idempotencyKey?: string) => Promise<unknown>;

/** Codes of errors that the same operation need not meet again. */
export const passingCodes: readonly string[] = [
  "SUBGRAPH_UNAVAILABLE",
  "SUBGRAPH_TIMEOUT",
  "RATE_LIMITED",
  "INTERNAL_SERVER_ERROR",
];

/** Sends over HTTP with a `fetch` that knows who is signed in. */
export function sendBy(fetch: (url: string, init: RequestInit) => Promise<Response>, url = "/graphql"): Send {
  return async (document, variables, idempotencyKey) => {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(idempotencyKey && { "idempotency-key": idempotencyKey }) },
      body: JSON.stringify({ query: print(document), variables }),
      // A connection can die without a word; the next attempt has the same Idempotency-Key.
      signal: AbortSignal.timeout(answerWithinMs),
    }).catch((error) => {
      throw error instanceof SessionEnded ? error : new Unreachable();
    });
    const body = (await response.json().catch(() => ({}))) as Body;
    const [error] = body.errors ?? [];
    if (!error && body.data) return body.data;
    const extensions = error?.extensions ?? {};
    if (extensions.code === "UNAUTHENTICATED") throw new SessionEnded();
    if (!error || !extensions.code || passingCodes.includes(extensions.code)) throw new Unreachable(extensions);
    throw new Refusal(extensions, error.message);
  };
}
