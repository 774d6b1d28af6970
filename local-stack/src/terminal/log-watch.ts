import type { Terminal } from "./terminal.ts";

const kinds: Record<string, "warning" | "error"> = { warn: "warning", error: "error", fatal: "error" };

export interface LogWatchOptions {
  terminal: Terminal;
  /** What to call the file in which the lines are. */
  logFile: (service: string) => string;
  /** At most one hint per service in this time. */
  quietMs?: number;
  /** Lines before this says yes are not looked at. */
  isOn: () => boolean;
}

/**
 * Watches the servers' log lines (JSON, by pino) for warnings and errors, and points to the file that holds them: once,
 * and then again for what gathered during `quietMs`. Lines that are not JSON count as errors: something broke.
 */
export function watchLogs({ terminal, logFile, quietMs = 10_000, isOn }: LogWatchOptions) {
  const waiting = new Map<string, { warnings: number; errors: number }>();
  const tell = (service: string) => {
    const counts = waiting.get(service);
    waiting.delete(service);
    if (!counts || counts.warnings + counts.errors === 0) return;
    const parts = [amount(counts.errors, "error"), amount(counts.warnings, "warning")].filter((part) => part !== "");
    terminal.warn(`${service} logged ${parts.join(" and ")}: see ${logFile(service)}`);
    waiting.set(service, { warnings: 0, errors: 0 });
    setTimeout(() => tell(service), quietMs).unref();
  };
  return (service: string, line: string): void => {
    const kind = kindOf(line);
    if (!kind || !isOn()) return;
    const counts = waiting.get(service);
    const { warnings, errors } = counts ?? { warnings: 0, errors: 0 };
    waiting.set(service, kind === "warning" ? { warnings: warnings + 1, errors } : { warnings, errors: errors + 1 });
    // A moment's wait gathers what belongs together.
    if (!counts) setTimeout(() => tell(service), 200).unref();
  };
}

function kindOf(line: string): "warning" | "error" | undefined {
  if (line.trim() === "") return undefined;
  try {
    return kinds[String(JSON.parse(line)?.level)];
  } catch {
    return "error";
  }
}

const amount = (count: number, noun: string) => (count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`);
