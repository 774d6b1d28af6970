import { type Logger, pino } from "pino";
import { currentTraceId } from "./telemetry/spans.ts";

export type Log = Logger;

/**
 * A logger that writes one line of JSON per entry on standard output. No token and no password is ever logged; should one
 * be all the same, under its usual name, at the top or one level down, it is blotted out.
 */
export function createLog(name: string, level: string): Log {
  return pino({
    name,
    level,
    base: { name },
    mixin() {
      const traceId = currentTraceId();
      return traceId === undefined ? {} : { traceId };
    },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["authorization", "password", "*.authorization", "*.password", "*.accessToken", "*.refreshToken"],
      censor: "[redacted]",
    },
  });
}
