import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";

/** Problem details (RFC 9457). The extension `code` is that of `errors[].extensions.code` in GraphQL. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly [extension: string]: unknown;
}

interface ProblemInput {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** `about:blank` says that the status tells the kind of problem (RFC 9457, 4.2.1); `code` tells it exactly. */
export function problemOf({ status, code, detail, details }: ProblemInput): Problem {
  return { type: "about:blank", title: STATUS_CODES[status] ?? "Error", status, detail, code, ...details };
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 401) reply.header("www-authenticate", "Bearer");
  if (typeof problem.retryAfterSeconds === "number") reply.header("retry-after", String(problem.retryAfterSeconds));
  return reply
    .code(problem.status)
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify({ ...problem, requestId: reply.request.id }));
}
