import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { type Log, withoutRedaction } from "../log.ts";
import { type RequestScope, runInScope } from "../request-scope.ts";
import { type Admission, limitAdmission } from "./admission/admission.ts";
import { clientAddressOf } from "./client-address.ts";
import { limitConnections } from "./connection-limit.ts";
import { drainBeforeClosing } from "./draining.ts";
import { isHealthCheck } from "./health.ts";
import type { HttpOptions } from "./http-settings.ts";
import { addSecurityHeaders } from "./security-headers.ts";

const acceptableRequestId = /^[\w.-]{8,64}$/;

/** The id that a caller gave its request, or a new one. */
function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === "string" && acceptableRequestId.test(header) ? header : randomUUID();
}

type AnswerError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void;

const defaultAnswer: AnswerError = (error, _, reply) => void reply.send(error);

// How often Node looks for requests that take too long to arrive; its own 30 s would let them stay as much longer.
const slowestCheckMs = 1_000;

/**
 * A Fastify server that gives each request an id and a scope, answers with the id in `x-request-id`,
 * and writes one log line per request. Health checks and what is refused under overload are logged at debug level only. It has the limits of `options`, and
 * `request.ip` is the client's address. `answerError` answers what no route and no hook ever sees: a URL that can't be
 * decoded.
 */
export function createHttpServer(options: HttpOptions, log: Log, answerError = defaultAnswer): FastifyInstance {
  const headersTimeoutMs = Math.min(options.headersTimeoutMs, options.receiveTimeoutMs);
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger) => logger, // our entries name the request themselves
    bodyLimit: options.bodyLimitBytes,
    requestTimeout: options.receiveTimeoutMs,
    connectionTimeout: options.idleTimeoutMs,
    keepAliveTimeout: options.keepAliveTimeoutMs,
    maxRequestsPerSocket: options.requestsPerConnection,
    http: {
      maxHeaderSize: options.headerLimitBytes,
      headersTimeout: headersTimeoutMs,
      connectionsCheckingInterval: Math.min(slowestCheckMs, headersTimeoutMs),
    },
    routerOptions: { maxParamLength: options.headerLimitBytes },
    frameworkErrors: (error, request, reply) => {
      reply.header("x-request-id", request.id);
      answerError(error, request as FastifyRequest, reply as unknown as FastifyReply);
    },
    genReqId: (request) => requestIdOf(request.headers["x-request-id"]),
    forceCloseConnections: "idle",
    return503OnClosing: false, // who comes while the server drains is answered as ever
  });
  const connections = limitConnections(app.server, options.connectionLimit);
  drainBeforeClosing(app, connections, options.drainDelayMs);
  closeConnectionsThatDoNotRead(app, options.answerTimeoutMs);
  const requestLog = withoutRedaction(log);
  app.addHook("onRequest", (request, reply, done) => {
    request.route = request.routeOptions;
    Object.defineProperty(request, "ip", { value: clientAddressOf(request.raw, options.trustedProxyHops) });
    reply.header("x-request-id", request.id);
    const scope: RequestScope = { requestId: request.id, calls: [] };
    request.scope = scope;
    runInScope(scope, done);
  });
  // Reading the body leaves the scope that onRequest entered, so the handler enters it again.
  app.addHook("preHandler", (request, _, done) => runInScope(request.scope, done));
  app.addHook("onResponse", async (request, reply) => {
    const { operationName, calls, isRefused } = request.scope;
    // Who has too much to do has no time to write about what it does not do: that is counted.
    const isNoNews = isRefused || isHealthCheck(request);
    const level = isNoNews ? "debug" : "info";
    requestLog[level](
      {
        requestId: request.id,
        method: request.method,
        path: request.route.url ?? "unknown",
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(operationName && { operationName }),
        ...(calls.length > 0 && { calls }),
      },
      "request",
    );
  });
  addSecurityHeaders(app, options.httpsOnly);
  app.decorate("admission", limitAdmission(app, options.admission));
  return app;
}

/** Node's and Fastify's time-outs begin anew with each byte that a client takes; this one does not. */
function closeConnectionsThatDoNotRead(app: FastifyInstance, answerTimeoutMs: number): void {
  app.addHook("onSend", (_, { raw }, payload, done) => {
    if (payload instanceof Readable)
      return done(null, Readable.from(eachPieceInTime(payload, raw, answerTimeoutMs), { objectMode: false }));
    closeUnlessTaken(raw, answerTimeoutMs);
    done(null, payload);
  });
}

/** An answer that is made while the client takes it may last; what has to be in time then is each of its pieces. */
async function* eachPieceInTime(pieces: AsyncIterable<unknown>, raw: ServerResponse, timeoutMs: number) {
  for await (const piece of pieces) {
    const timer = setTimeout(() => raw.destroy(), timeoutMs);
    try {
      yield piece;
    } finally {
      clearTimeout(timer);
    }
  }
  closeUnlessTaken(raw, timeoutMs);
}

function closeUnlessTaken(raw: ServerResponse, timeoutMs: number): void {
  const timer = setTimeout(() => raw.destroy(), timeoutMs);
  raw.once("close", () => clearTimeout(timer));
}

declare module "fastify" {
  interface FastifyInstance {
    readonly admission: Admission;
  }
  interface FastifyRequest {
    scope: RequestScope;
    /** Its `routeOptions`, which Fastify makes anew each time that one looks. */
    route: FastifyRequest["routeOptions"];
  }
}
