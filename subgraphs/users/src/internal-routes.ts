import { onlyFrom } from "@tareas/service-kit/auth/internal-route";
import type { ServiceTokens } from "@tareas/service-kit/auth/service-token";
import type { FastifyInstance } from "fastify";
import type { ApiTokenService } from "./api-tokens/api-token-service.ts";
import type { Outbox } from "./outbox/outbox.ts";
import type { RevocationLog } from "./sessions/revocation-log.ts";

interface InternalRouteParts {
  readonly services: ServiceTokens;
  readonly revocations: RevocationLog;
  readonly apiTokens: ApiTokenService;
  readonly outbox: Outbox;
}

const exchangeBody = {
  type: "object",
  required: ["token"],
  properties: { token: { type: "string", maxLength: 100 } },
} as const;

/** What our other servers ask of this one, and nobody else may. */
export function addInternalRoutes(app: FastifyInstance, parts: InternalRouteParts): void {
  const { services, revocations, apiTokens, outbox } = parts;
  // All servers lean on these, and each asks for little.
  const config = { priority: "login" } as const;
  const forTasks = { onRequest: onlyFrom(["tasks"], services), config };
  app.get<{ Querystring: { since?: string } }>(
    "/internal/revocations",
    { onRequest: onlyFrom(["router", "tasks"], services), config },
    ({ query }) => revocations.since(Number(query.since) || 0),
  );
  app.post<{ Body: { token: string } }>(
    "/internal/api-tokens/exchange",
    { onRequest: onlyFrom(["router"], services), config, schema: { body: exchangeBody } },
    async ({ body }) => ({ grant: await apiTokens.exchange(body.token) }),
  );
  app.get("/internal/outbox", forTasks, () => outbox.page());
  app.delete<{ Params: { id: string } }>("/internal/outbox/:id", forTasks, async ({ params }, reply) => {
    await outbox.acknowledge(params.id);
    return reply.code(204).send();
  });
}
