import type { Registry } from "prom-client";

export type MetricValues = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

/** What a worker counts, and what it has to say on the operators' page, as HTML. */
export interface Report {
  readonly metrics: MetricValues;
  readonly sections: string;
}

/** From a worker to the primary. */
export type WorkerMessage =
  | { readonly kind: "ready"; readonly url: string }
  /** It will not start, for a reason that the operator can mend. */
  | { readonly kind: "refused"; readonly reason: string }
  | ({ readonly kind: "report" } & Report);

/** From the primary to a worker: it wants a report. */
export const reportPlease = { kind: "report please" } as const;

export const isReportPlease = (message: unknown): boolean =>
  (message as { readonly kind?: unknown } | null)?.kind === reportPlease.kind;
