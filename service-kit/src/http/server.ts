import { randomUUID } from "node:crypto";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { Log } from "../log.ts";
import { type RequestScope, runInScope } from "../request-scope.ts";

export interface HttpServerOptions {
  readonly log: Log;
  readonly bodyLimitBytes: number;
}

const acceptableRequestId = /^[\w.-]{8,64}$/;

/** The id that a caller gave its request, or a new one. */
function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === "string" && acceptableRequestId.test(header) ? header : randomUUID();
}

/**
 * A Fastify server that gives each request an id and a scope, answers with the id in `x-request-id`,
 * and writes one log line per request. Health checks are logged at debug level only.
 */
export function createHttpServer({ log, bodyLimitBytes }: HttpServerOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    genReqId: (request) => requestIdOf(request.headers["x-request-id"]),
    forceCloseConnections: "idle",
  });
  closeConnectionsWhenDraining(app);
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    const scope: RequestScope = { requestId: request.id, calls: [] };
    request.scope = scope;
    runInScope(scope, done);
  });
  // Reading the body leaves the scope that onRequest entered, so the handler enters it again.
  app.addHook("preHandler", (request, _, done) => runInScope(request.scope, done));
  app.addHook("onResponse", async (request, reply) => {
    const { operationName, calls } = request.scope;
    const level = request.routeOptions.url?.startsWith("/health/") ? "debug" : "info";
    log[level](
      {
        requestId: request.id,
        method: request.method,
        path: request.routeOptions.url ?? "unknown",
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(operationName && { operationName }),
        ...(calls.length > 0 && { calls }),
      },
      "request",
    );
  });
  return app;
}

/** A connection that is busy when the server begins to close would else stay open, idle, and hold the server. */
function closeConnectionsWhenDraining(app: FastifyInstance): void {
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
  });
  app.addHook("onSend", (_, reply, payload, done) => {
    if (closing) reply.header("connection", "close");
    done(null, payload);
  });
}

declare module "fastify" {
  interface FastifyRequest {
    scope: RequestScope;
  }
}
