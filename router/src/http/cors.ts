import cors from "@fastify/cors";
import type { FastifyInstance, FastifyRequest } from "fastify";

const preflightLastsSeconds = 600;

const permission = {
  origin: true, // answers with the request's own, which is one of the list
  credentials: true,
  methods: ["GET", "POST", "PATCH", "DELETE"],
  allowedHeaders: [
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "apollo-require-preflight",
    "x-request-id",
    "traceparent",
    "tracestate",
  ],
  exposedHeaders: ["etag", "retry-after", "x-request-id"],
  maxAge: preflightLastsSeconds,
};

/**
 * Lets pages of `origins` call the router from a browser, with credentials (Fetch standard, CORS protocol). Others are
 * answered as ever, with nothing that says they may: their browsers keep the answer from them.
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.register(cors, {
    delegator: ({ headers }: FastifyRequest, done: (error: null, options: object) => void) =>
      done(null, origins.includes(headers.origin ?? "") ? permission : { origin: false }),
  });
}
