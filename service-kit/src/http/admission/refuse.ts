import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";
import type { ErrorCode } from "../../errors.ts";
import { graphqlPath } from "./priority.ts";

const status = 503;
const code: ErrorCode = "RATE_LIMITED";
const detail = "There is too much to do at the moment: try again in a few seconds.";
const longestWaitSeconds = 3;

/**
 * Answers that the server is too busy: in the shape of GraphQL at `/graphql`, else as problem details (RFC 9457). The
 * time to come back differs from answer to answer, so that clients don't all come back at once.
 */
export function refuse(reply: FastifyReply): FastifyReply {
  const retryAfterSeconds = 1 + Math.floor(Math.random() * longestWaitSeconds);
  reply.code(status).header("retry-after", String(retryAfterSeconds)).header("cache-control", "no-store");
  if (reply.request.route.url === graphqlPath) {
    const errors = [{ message: detail, extensions: { code, retryAfterSeconds } }];
    return reply.type("application/json; charset=utf-8").send(JSON.stringify({ errors }));
  }
  const title = STATUS_CODES[status];
  const requestId = reply.request.id;
  const problem = { type: "about:blank", title, status, detail, code, retryAfterSeconds, requestId };
  return reply.type("application/problem+json; charset=utf-8").send(JSON.stringify(problem));
}
