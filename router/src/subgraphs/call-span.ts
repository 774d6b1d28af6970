import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from "@opentelemetry/semantic-conventions";
import { context, propagation, SpanKind } from "@tareas/service-kit/telemetry/api";
import { inSpan } from "@tareas/service-kit/telemetry/spans";
import type { SubgraphRequest } from "./call.ts";

/** One attempt at a subgraph in a span of its own. (Semantic conventions for HTTP clients) */
export function inCallSpan<T extends { readonly status: number }>(
  { hostname, port, protocol }: URL,
  { subgraph }: SubgraphRequest,
  call: () => Promise<T>,
): Promise<T> {
  const attributes = {
    [ATTR_HTTP_REQUEST_METHOD]: "POST",
    [ATTR_SERVER_ADDRESS]: hostname,
    [ATTR_SERVER_PORT]: Number(port || (protocol === "https:" ? 443 : 80)),
    "tareas.subgraph": subgraph,
  };
  return inSpan("POST", { kind: SpanKind.CLIENT, attributes }, async (span) => {
    const response = await call();
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, response.status);
    return response;
  });
}

/** The headers, and which trace the request belongs to; what the client has said of that stays when nothing is traced. */
export function withTraceParent(headers: Record<string, string>): Record<string, string> {
  propagation.inject(context.active(), headers);
  return headers;
}
