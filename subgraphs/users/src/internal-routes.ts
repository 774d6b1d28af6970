import { onlyFrom } from "@tareas/service-kit/auth/internal-route";
import type { ServiceTokens } from "@tareas/service-kit/auth/service-token";
import type { FastifyInstance } from "fastify";
import type { RevocationLog } from "./sessions/revocation-log.ts";

interface InternalRouteParts {
  readonly services: ServiceTokens;
  readonly revocations: RevocationLog;
}

/** What our other servers ask of this one, and nobody else may. */
export function addInternalRoutes(app: FastifyInstance, { services, revocations }: InternalRouteParts): void {
  app.get<{ Querystring: { since?: string } }>(
    "/internal/revocations",
    { onRequest: onlyFrom(["router", "tasks"], services) },
    ({ query }) => revocations.since(Number(query.since) || 0),
  );
}
