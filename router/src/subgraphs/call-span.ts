import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from "@opentelemetry/semantic-conventions";
import { context, propagation, SpanKind } from "@tareas/service-kit/telemetry/api";
import { inSpan, tracing } from "@tareas/service-kit/telemetry/spans";

type Send = <T extends { readonly status: number }>(subgraph: string, call: () => Promise<T>) => Promise<T>;

/** Sends requests to one address, each in a span of its own. (Semantic conventions for HTTP clients) */
export function inCallSpans({ hostname, port, protocol }: URL): Send {
  const ofAddress = {
    [ATTR_HTTP_REQUEST_METHOD]: "POST",
    [ATTR_SERVER_ADDRESS]: hostname,
    [ATTR_SERVER_PORT]: Number(port || (protocol === "https:" ? 443 : 80)),
  };
  return (subgraph, call) => {
    const attributes = { ...ofAddress, "tareas.subgraph": subgraph };
    return inSpan("POST", { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const response = await call();
      span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, response.status);
      return response;
    });
  };
}

/** The headers, and which trace the request belongs to; what the client has said of that stays when nothing is traced. */
export function withTraceParent(headers: Record<string, string>): Record<string, string> {
  if (tracing.isOn) propagation.inject(context.active(), headers);
  return headers;
}
