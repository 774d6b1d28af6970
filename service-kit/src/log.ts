import { type Logger, pino } from "pino";

export type Log = Logger;

/** A logger that writes one line of JSON per entry on standard output, never with a token or a password in it. */
export function createLog(name: string, level: string): Log {
  return pino({
    name,
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["authorization", "password", "*.authorization", "*.password", "*.accessToken", "*.refreshToken"],
      censor: "[redacted]",
    },
  });
}
