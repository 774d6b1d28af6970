import { z } from "zod";
import { httpUrl } from "../settings.ts";

const exporters = ["none", "zipkin", "otlp"] as const;
const ratio = () =>
  z.coerce
    .number("expected a number from 0 to 1")
    .min(0, "expected a number from 0 to 1")
    .max(1, "expected a number from 0 to 1");

/** The names, and what they mean, are OpenTelemetry's own. (Environment Variable Specification) */
export const tracingSettings = {
  /** Where spans are sent: nowhere, to a Zipkin, or to a collector by OTLP over HTTP. */
  OTEL_TRACES_EXPORTER: z.enum(exporters, "expected none, zipkin or otlp").default("none"),
  OTEL_EXPORTER_ZIPKIN_ENDPOINT: httpUrl().default("http://127.0.0.1:9411/api/v2/spans"),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl().default("http://127.0.0.1:4318"),
  /** The share of all traces that is recorded; a subgraph does as its caller says. */
  OTEL_TRACES_SAMPLER_ARG: ratio().default(1),
  OTEL_SERVICE_NAME: z.string().optional(),
};

export interface TracingSettings {
  readonly OTEL_TRACES_EXPORTER: (typeof exporters)[number];
  readonly OTEL_EXPORTER_ZIPKIN_ENDPOINT: string;
  readonly OTEL_EXPORTER_OTLP_ENDPOINT: string;
  readonly OTEL_TRACES_SAMPLER_ARG: number;
  readonly OTEL_SERVICE_NAME?: string | undefined;
}
