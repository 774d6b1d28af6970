import { defaultTextMapSetter, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import { BatchSpanProcessor, TraceIdRatioBasedSampler, TracerProvider } from "@opentelemetry/sdk-trace";
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
} from "@opentelemetry/semantic-conventions";
import { operationOf } from "./operation-of.ts";

/** Where the router takes spans: from here they go the way of its own. */
const spansPath = "/traces";
/** A beacon takes 64 KiB, and a span is about half of one. */
const spansAtOnce = 50;
const sendEveryMs = 2_000;

const processor = new BatchSpanProcessor({
  exporter: new ZipkinExporter({ url: spansPath, serviceName: "browser" }),
  maxExportBatchSize: spansAtOnce,
  scheduledDelayMillis: sendEveryMs,
});
const propagator = new W3CTraceContextPropagator();
const tracers = new Map<string, ReturnType<typeof tracerOf>>();

/** It decides by the trace's id as the router does with the same share, so that a trace is recorded whole or not at all. */
const tracerOf = (share: string) =>
  new TracerProvider({
    sampler: new TraceIdRatioBasedSampler(Number(share)),
    spanProcessors: [processor],
  }).getTracer("tareas");

/**
 * Sends an operation in a span of its own, the first of a new trace, and tells the router so by `traceparent` (W3C Trace
 * Context). Its name and what it says are the operation's type and name, the status, and the code of the first error:
 * never variables, a document or a message. (Semantic conventions for GraphQL and HTTP)
 */
export async function sendInSpan(share: string, path: string, init: RequestInit): Promise<Response> {
  const { type, name } = operationOf(init.body);
  const tracer = tracers.get(share) ?? tracerOf(share);
  tracers.set(share, tracer);
  const span = tracer.startSpan(name ? `${type} ${name}` : type, {
    kind: SpanKind.CLIENT,
    attributes: {
      "graphql.operation.type": type,
      ...(name && { "graphql.operation.name": name }),
      [ATTR_HTTP_REQUEST_METHOD]: "POST",
    },
  });
  const parent: Record<string, string> = {};
  propagator.inject(trace.setSpan(ROOT_CONTEXT, span), parent, defaultTextMapSetter);
  try {
    const headers = new Headers(init.headers);
    for (const [header, value] of Object.entries(parent)) headers.set(header, value);
    const response = await fetch(path, { ...init, headers });
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, response.status);
    if (span.isRecording()) void endWithAnswer(span, response.clone());
    return response;
  } catch (error) {
    fail(span, error instanceof Error ? error.name : "Error");
    span.end();
    throw error;
  }
}

/** An operation is over when its answer is there to the last byte. */
async function endWithAnswer(span: Span, response: Response): Promise<void> {
  try {
    const { errors = [] } = (await response.json()) as { errors?: readonly { extensions?: { code?: unknown } }[] };
    if (errors[0]) fail(span, String(errors[0].extensions?.code ?? "_OTHER"));
  } catch (error) {
    fail(span, error instanceof Error ? error.name : "Error");
  }
  span.end();
}

function fail(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute(ATTR_ERROR_TYPE, type);
}
