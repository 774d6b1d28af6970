import { readFile } from "node:fs/promises";

/** How much processor time a machine has spent since it was started, in ticks. */
export interface ProcessorTime {
  readonly all: number;
  /** What the host gave to other machines while this one wanted it. */
  readonly stolen: number;
}

// proc(5): user, nice, system, idle, iowait, irq, softirq, steal; what follows is in user already.
const counted = 8;
const stealAt = 7;

/** Null where the system does not tell. */
export async function readProcessorTime(): Promise<ProcessorTime | null> {
  const text = await readFile("/proc/stat", "utf8").catch(() => "");
  const ticks = text.split("\n", 1)[0]?.split(/\s+/).slice(1).map(Number) ?? [];
  if (ticks.length < counted) return null;
  return { all: ticks.slice(0, counted).reduce((sum, one) => sum + one, 0), stolen: ticks[stealAt] ?? 0 };
}

/** The share of the machine's processors, in percent, that others had between two readings; null when nobody knows. */
export function stolenPercent(from: ProcessorTime | null, to: ProcessorTime | null): number | null {
  if (!from || !to || to.all <= from.all) return null;
  return (100 * (to.stolen - from.stolen)) / (to.all - from.all);
}
