import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { ZipkinExporter } from "@opentelemetry/exporter-zipkin";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  SamplingDecision,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { context, propagation, trace } from "./api.ts";
import { readableSpan, resourceOf, type SpanFromElsewhere } from "./span-from-elsewhere.ts";
import { tracing } from "./spans.ts";
import type { TracingSettings } from "./tracing-settings.ts";

const spansWaiting = 4_096;

export interface Tracing extends AsyncDisposable {
  /** Whether anything is recorded: without, nobody needs to make spans. */
  readonly isOn: boolean;
  /**
   * Takes the spans of a part of the product that has no way of its own to where spans go, and sends them along with the
   * server's: those of traces that the share holds.
   */
  receiverFor(service: string): (span: SpanFromElsewhere) => void;
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
  if (!exporter) return { isOn: false, receiverFor: () => () => {}, [Symbol.asyncDispose]: async () => {} };
  const share = new TraceIdRatioBasedSampler(settings.OTEL_TRACES_SAMPLER_ARG);
  const processor = new BatchSpanProcessor({ exporter, maxQueueSize: spansWaiting, scheduledDelayMillis: 1_000 });
  const provider = new TracerProvider({
    resource: resourceOf(settings.OTEL_SERVICE_NAME ?? service),
    sampler: new ParentBasedSampler({ root: share, ...(!trustsCallers && { remoteParentSampled: share }) }),
    spanProcessors: [processor],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  tracing.isOn = true;
  const receiverFor = (name: string) => {
    const resource = resourceOf(name);
    return (span: SpanFromElsewhere) => {
      const { decision } = share.shouldSample(context.active(), span.traceId);
      if (decision === SamplingDecision.RECORD_AND_SAMPLED) processor.onEnd(readableSpan(span, resource));
    };
  };
  // Nobody may be there any more to take the last spans: they are lost then, and the server's end is as good as any.
  return { isOn: true, receiverFor, [Symbol.asyncDispose]: () => provider.shutdown().catch(() => {}) };
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
