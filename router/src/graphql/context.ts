import type { AccessTokenVerifier } from "@tareas/service-kit/auth/access-token";
import { authenticate, type Viewer } from "@tareas/service-kit/auth/viewer";
import { idempotencyKeyHeader, parseIdempotencyKey } from "@tareas/service-kit/idempotency-key";
import type { FastifyRequest } from "fastify";

/** What the router knows of one request while it answers it. */
export interface RouterContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  /** When the answer is due, on the clock of `performance.now()`. */
  readonly deadline: number;
  /** Headers of the client that subgraphs get as they are. */
  readonly forwarded: Readonly<Record<string, string>>;
  /** How many mutation fetches went to each subgraph so far. */
  readonly mutationFetches: Map<string, number>;
  /** The data of the root fetches so far: the gateway merges what it fetches later into these very objects. */
  readonly rootData: Record<string, unknown>[];
}

export type CreateContext = (request: FastifyRequest) => Promise<RouterContext>;

const forwardedHeaders = ["authorization", "traceparent", "tracestate"];

/**
 * Makes the context of a request. The access token is verified here, once; the answer to a bad one is
 * `Unauthenticated`, never an anonymous context. Throws `BadUserInput` for a bad Idempotency-Key.
 */
export function contextFactory(verifier: AccessTokenVerifier, requestTimeoutMs: number): CreateContext {
  return async (request) => {
    const deadline = performance.now() + requestTimeoutMs;
    const { headers } = request;
    return {
      viewer: await authenticate(headers.authorization, verifier),
      requestId: request.id,
      idempotencyKey: parseIdempotencyKey(headers[idempotencyKeyHeader]),
      deadline,
      forwarded: Object.fromEntries(
        forwardedHeaders.flatMap((name) => (typeof headers[name] === "string" ? [[name, headers[name]]] : [])),
      ),
      mutationFetches: new Map(),
      rootData: [],
    };
  };
}
