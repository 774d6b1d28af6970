import type { Attributes, HrTime, SpanKind as Kind } from "@opentelemetry/api";
import { type Resource, resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { ATTR_SERVICE_NAME, ATTR_SERVICE_NAMESPACE } from "@opentelemetry/semantic-conventions";
import { SpanStatusCode, TraceFlags } from "./api.ts";

/** A span that has ended, the first of its trace. */
export interface SpanFromElsewhere {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly kind: Kind;
  /** Since 1970. */
  readonly startMicroseconds: number;
  readonly durationMicroseconds: number;
  readonly attributes: Attributes;
  readonly isError: boolean;
}

/** Whose spans they are. */
export const resourceOf = (service: string): Resource =>
  resourceFromAttributes({ [ATTR_SERVICE_NAME]: service, [ATTR_SERVICE_NAMESPACE]: "tareas" });

/** As an exporter takes it. */
export function readableSpan(span: SpanFromElsewhere, resource: Resource): ReadableSpan {
  const { traceId, spanId, startMicroseconds, durationMicroseconds } = span;
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED }),
    startTime: timeOf(startMicroseconds),
    endTime: timeOf(startMicroseconds + durationMicroseconds),
    duration: timeOf(durationMicroseconds),
    ended: true,
    status: { code: span.isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: span.attributes,
    links: [],
    events: [],
    resource,
    instrumentationScope: { name: "tareas" },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

const timeOf = (microseconds: number): HrTime => [
  Math.floor(microseconds / 1_000_000),
  (microseconds % 1_000_000) * 1_000,
];
