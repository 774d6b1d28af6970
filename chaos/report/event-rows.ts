import type { RunEvent } from "../lab/run-record.ts";

/** A row of ticks under the curves. */
export interface EventRow {
  readonly name: string;
  /** In ms since the run began; bad: something was found broken or was done to it; otherwise it came back. */
  readonly ticks: readonly { readonly at: number; readonly isBad: boolean }[];
}

const rows: Readonly<
  Record<string, { readonly bad: readonly RunEvent["kind"][]; readonly good: readonly RunEvent["kind"][] }>
> = {
  fault: { bad: ["fault"], good: ["undone"] },
  breaker: { bad: ["breaker-opened"], good: ["breaker-closed"] },
  balancer: { bad: ["balancer-out"], good: ["balancer-in"] },
  process: { bad: ["process-died", "process-exited", "unhandled-error"], good: ["process-ready"] },
};

/** Sorts events into rows by what they are about; rows without any are left out. */
export function eventRowsOf(events: readonly RunEvent[]): EventRow[] {
  return Object.entries(rows)
    .map(([name, { bad, good }]) => ({
      name,
      ticks: events
        .filter(({ kind }) => bad.includes(kind) || good.includes(kind))
        .map(({ at, kind }) => ({ at, isBad: bad.includes(kind) })),
    }))
    .filter(({ ticks }) => ticks.length > 0);
}
