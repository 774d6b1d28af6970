import type { Viewer } from "@tareas/service-kit/auth/viewer";
import { clientAddressHeader } from "@tareas/service-kit/http/client";
import { idempotencyKeyHeader, parseIdempotencyKey } from "@tareas/service-kit/idempotency-key";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Identify } from "../auth/identify.ts";
import type { Cancellation } from "../subgraphs/cancellation.ts";
import { RecordedCalls } from "../subgraphs/recorded-calls.ts";
import type { StaleNote } from "../subgraphs/stale/stale-notes.ts";
import { sessionCookieOf } from "./session-cookie.ts";

/** What the router knows of one request while it answers it. */
export interface RouterContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  /** Cancelled when the client has gone: its connection closed before the answer was out. */
  readonly clientLeft: Cancellation;
  /** When the answer is due, on the clock of `performance.now()`. */
  readonly deadline: number;
  /** Headers that subgraphs get: those of the client that may pass, and who it is. */
  readonly forwarded: Readonly<Record<string, string>>;
  /** The session's cookie as the client sent it: only the subgraph that set it gets it. */
  readonly sessionCookie: string | undefined;
  /** Adds a Set-Cookie header to the answer. */
  readonly setCookie: (cookie: string) => void;
  /** How many mutation fetches went to each subgraph so far. */
  readonly mutationFetches: Map<string, number>;
  /** The data of the root fetches so far: the gateway merges what it fetches later into these very objects. */
  readonly rootData: Record<string, unknown>[];
  /** What compiled execution has asked so far. */
  readonly recorded: RecordedCalls;
  /** What of the answer is not fresh; null when the answer has no place to say so, and then all of it has to be fresh. */
  readonly stale: StaleNote[] | null;
}

/**
 * Without a reply no cookie is set and nothing stale is served: clients of the REST doorway keep their tokens themselves,
 * and their answers have no place for notes.
 */
export type CreateContext = (request: FastifyRequest, reply?: FastifyReply) => Promise<RouterContext>;

const forwardedHeaders = ["user-agent", "traceparent", "tracestate"];

function forwardedOf({ headers, ip }: FastifyRequest, authorization: string | undefined): Record<string, string> {
  const forwarded: Record<string, string> = { [clientAddressHeader]: ip };
  for (const name of forwardedHeaders) {
    const value = headers[name];
    if (typeof value === "string") forwarded[name] = value;
  }
  if (authorization !== undefined) forwarded.authorization = authorization;
  return forwarded;
}

/**
 * Makes the context of a request. The token is verified here, once; the answer to a bad one is
 * `Unauthenticated`, never an anonymous context. Throws `BadUserInput` for a bad Idempotency-Key.
 */
export function contextFactory(identify: Identify, requestTimeoutMs: number): CreateContext {
  return async (request, reply) => {
    const deadline = performance.now() + requestTimeoutMs;
    const { headers } = request;
    const { viewer, authorization } = await identify(request);
    return {
      viewer,
      requestId: request.id,
      idempotencyKey: parseIdempotencyKey(headers[idempotencyKeyHeader]),
      clientLeft: request.clientLeft,
      deadline,
      forwarded: forwardedOf(request, authorization),
      sessionCookie: sessionCookieOf(headers.cookie),
      setCookie: (cookie) => void reply?.header("set-cookie", cookie),
      mutationFetches: new Map(),
      rootData: [],
      recorded: new RecordedCalls(),
      stale: reply ? [] : null,
    };
  };
}
