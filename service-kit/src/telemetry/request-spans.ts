import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
} from "@opentelemetry/semantic-conventions";
import type { FastifyInstance } from "fastify";
import { isHealthCheck } from "../http/health.ts";
import { context, propagation, SpanKind, SpanStatusCode, trace } from "./api.ts";
import { tracer } from "./spans.ts";

const graphqlOperationName = "graphql.operation.name";

/**
 * A span for each request, with the route's name and never its address: that holds ids and cursors. Health checks have none,
 * nor have routes with `config.isUntraced`.
 * (Semantic conventions for HTTP and GraphQL servers)
 */
export function traceRequests(app: FastifyInstance): void {
  app.addHook("onRequest", (request, _, done) => {
    const { method, route: options, headers, scope } = request;
    if (isHealthCheck(request) || options.config.isUntraced) return done();
    const route = options.url;
    const caller = propagation.extract(context.active(), headers);
    const attributes = { [ATTR_HTTP_REQUEST_METHOD]: method, ...(route && { [ATTR_HTTP_ROUTE]: route }) };
    const span = tracer.startSpan(route ? `${method} ${route}` : method, { kind: SpanKind.SERVER, attributes }, caller);
    scope.trace = trace.setSpan(caller, span);
    context.with(scope.trace, done);
  });
  app.addHook("preHandler", (request, _, done) => {
    if (request.scope.trace) context.with(request.scope.trace, done);
    else done();
  });
  app.addHook("onResponse", async ({ scope }, { statusCode }) => {
    const span = scope.trace && trace.getSpan(scope.trace);
    if (!span) return;
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, statusCode);
    if (scope.operationName) span.setAttribute(graphqlOperationName, scope.operationName);
    if (statusCode >= 500) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute(ATTR_ERROR_TYPE, String(statusCode));
    }
    span.end();
  });
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** No spans are made of requests to this route. */
    isUntraced?: boolean;
  }
}
