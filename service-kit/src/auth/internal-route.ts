import type { FastifyRequest } from "fastify";
import { Forbidden, Unauthenticated } from "../errors.ts";
import { type ServiceTokens, serviceTokenHeader } from "./service-token.ts";

/** A Fastify hook that lets only the named servers of ours pass, by their service tokens. */
export function onlyFrom(callers: readonly string[], services: ServiceTokens) {
  return async (request: FastifyRequest): Promise<void> => {
    const caller = services.callerOf(request.headers[serviceTokenHeader]);
    if (caller === null) throw new Unauthenticated("This is for servers: it needs a service token.");
    if (!callers.includes(caller)) throw new Forbidden("This is not for this server.");
  };
}
