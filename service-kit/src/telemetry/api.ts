import { createRequire } from "node:module";

// The package exists twice, for `import` and for `require`, and a tracer that was asked for before there was a provider hears
// only of one that is set at the same copy. Apollo's gateway asks for its tracer while it is loaded, and requires.
const api: typeof import("@opentelemetry/api") = createRequire(import.meta.url)("@opentelemetry/api");

export const { context, propagation, SpanKind, SpanStatusCode, TraceFlags, trace } = api;
