import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { ATTR_SERVICE_NAME, ATTR_SERVICE_NAMESPACE } from "@opentelemetry/semantic-conventions";
import { context, propagation, trace } from "./api.ts";
import type { TracingSettings } from "./tracing-settings.ts";

const spansWaiting = 4_096;

export interface Tracing extends AsyncDisposable {
  /** Whether anything is recorded: without, nobody needs to make spans. */
  readonly isOn: boolean;
}

interface TracingOptions {
  /** Whose spans they are. */
  readonly service: string;
  /** Whether who calls may say that a trace is recorded. Strangers could have all of theirs recorded then. */
  readonly trustsCallers: boolean;
}

/**
 * Records what the server does for a request as spans, and sends them where `OTEL_TRACES_EXPORTER` says; with "none" it does
 * nothing, and neither do the spans of the rest of the code. A request that comes with a `traceparent` (W3C Trace Context)
 * belongs to that trace. Disposing of it sends what is left.
 */
export function startTracing(settings: TracingSettings, { service, trustsCallers }: TracingOptions): Tracing {
  const exporter = exporterOf(settings);
  if (!exporter) return { isOn: false, [Symbol.asyncDispose]: async () => {} };
  const share = new TraceIdRatioBasedSampler(settings.OTEL_TRACES_SAMPLER_ARG);
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: settings.OTEL_SERVICE_NAME ?? service,
      [ATTR_SERVICE_NAMESPACE]: "tareas",
    }),
    sampler: new ParentBasedSampler({ root: share, ...(!trustsCallers && { remoteParentSampled: share }) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, maxQueueSize: spansWaiting, scheduledDelayMillis: 1_000 })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  // Nobody may be there any more to take the last spans: they are lost then, and the server's end is as good as any.
  return { isOn: true, [Symbol.asyncDispose]: () => provider.shutdown().catch(() => {}) };
}

function exporterOf(settings: TracingSettings): SpanExporter | undefined {
  switch (settings.OTEL_TRACES_EXPORTER) {
    case "zipkin":
      return new ZipkinExporter({ url: settings.OTEL_EXPORTER_ZIPKIN_ENDPOINT });
    case "otlp":
      return new OTLPTraceExporter({ url: tracesUrl(settings.OTEL_EXPORTER_OTLP_ENDPOINT) });
    case "none":
      return undefined;
  }
}

/** Where a collector at this address takes traces. (OpenTelemetry Protocol Exporter specification) */
const tracesUrl = (endpoint: string) => `${endpoint.replace(/\/$/, "")}/v1/traces`;
