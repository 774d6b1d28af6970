import type { Attributes, SpanKind as Kind, Span } from "@opentelemetry/api";
import { INVALID_SPAN_CONTEXT } from "@opentelemetry/api";
import { ATTR_ERROR_TYPE } from "@opentelemetry/semantic-conventions";
import { context, SpanKind, SpanStatusCode, TraceFlags, trace } from "./api.ts";

/** Whether anything is recorded. */
export const tracing = { isOn: false };

const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

export const tracer = trace.getTracer("tareas");

interface SpanOptions {
  readonly kind?: Kind;
  readonly attributes?: Attributes;
}

/**
 * Does the work in a span of its own, under the current one; what the work throws is the span's error too. In a trace that is not
 * recorded the work is done in the current span: none of the spans under it would be recorded either.
 */
export async function inSpan<T>(
  name: string,
  { kind = SpanKind.INTERNAL, attributes = {} }: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  if (!tracing.isOn) return work(noSpan);
  const current = trace.getActiveSpan();
  if (current && !isRecorded(current)) return work(current);
  const span = tracer.startSpan(name, { kind, attributes });
  try {
    return await context.with(trace.setSpan(context.active(), span), work, undefined, span);
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Marks a span as failed by the kind of error alone: a message may tell of people. */
export function failSpan(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute(ATTR_ERROR_TYPE, error instanceof Error ? error.name : typeof error);
}

/** The id of the trace that the current work belongs to, if it is recorded. */
export function currentTraceId(): string | undefined {
  const current = tracing.isOn ? trace.getActiveSpan() : undefined;
  return current && isRecorded(current) ? current.spanContext().traceId : undefined;
}

const isRecorded = (span: Span) => (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
