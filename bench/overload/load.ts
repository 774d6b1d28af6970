import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Load {
  readonly url: string;
  /** What is sent, in turn. */
  readonly requests: readonly { path?: string; headers?: Record<string, string>; body?: string }[];
  /** How many begin in a second; with `inFlight` above 0 as many as are answered. */
  readonly perSecond: number;
  readonly inFlight: number;
  readonly forMs: number;
  /** For so long a client waits. */
  readonly patienceMs: number;
}

export interface Outcome {
  /** "partial": an answer with errors; "failed": none in time. */
  readonly outcome: "whole" | "partial" | "refused" | "failed";
  readonly ms: number;
  /** When it was due, from the start of the load. */
  readonly atMs: number;
}

/** Puts a load on a server by a process of its own, and resolves with what became of each request. */
export async function putLoad(load: Load): Promise<Outcome[]> {
  const script = join(import.meta.dirname, "generator.ts");
  const options = { maxBuffer: 256 * 1_048_576 };
  const running = promisify(execFile)(process.execPath, [script], options);
  running.child.stdin?.end(JSON.stringify(load));
  const { stdout } = await running;
  return JSON.parse(stdout) as Outcome[];
}

export function summarise(outcomes: readonly Outcome[], forMs: number) {
  const of = (kind: Outcome["outcome"]) => outcomes.filter(({ outcome }) => outcome === kind).map(({ ms }) => ms);
  const whole = of("whole");
  return {
    goodputPerSecond: Math.round((whole.length * 1_000) / forMs),
    wholeP50: percentile(whole, 50),
    wholeP99: percentile(whole, 99),
    refused: of("refused").length,
    refusedP50: percentile(of("refused"), 50),
    refusedP99: percentile(of("refused"), 99),
    partial: of("partial").length,
    failed: of("failed").length,
  };
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0);
}
