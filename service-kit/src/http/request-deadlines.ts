import type { FastifyInstance, FastifyRequest } from "fastify";
import { type ServiceTokens, serviceTokenHeader } from "../auth/service-token.ts";
import { budgetHeader, Deadline } from "../deadline.ts";

interface DeadlineOptions {
  readonly services: ServiceTokens;
  /** For a caller that does not say how long it waits, or whose word does not count; nobody gets more. */
  readonly timeoutMs: number;
}

/**
 * Gives the scope of each request a deadline: the one that our own servers tell in `x-envoy-expected-rq-timeout-ms`, or
 * `timeoutMs`. It is over as well when the connection closes before the answer is sent.
 */
export function addRequestDeadlines(app: FastifyInstance, options: DeadlineOptions): void {
  app.addHook("onRequest", (request, reply, done) => {
    const deadline = new Deadline(budgetMsOf(request, options));
    request.scope.deadline = deadline;
    reply.raw.once("close", () => (reply.raw.writableFinished ? deadline[Symbol.dispose]() : deadline.abandon()));
    done();
  });
}

function budgetMsOf({ headers }: FastifyRequest, { services, timeoutMs }: DeadlineOptions): number {
  const told = headers[budgetHeader];
  if (typeof told !== "string" || !/^[1-9]\d{0,8}$/.test(told)) return timeoutMs;
  try {
    return services.callerOf(headers[serviceTokenHeader]) === null ? timeoutMs : Math.min(Number(told), timeoutMs);
  } catch {
    return timeoutMs; // what is wrong with the token is told when the request is read
  }
}
