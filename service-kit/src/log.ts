import { type Logger, type LoggerOptions, pino } from "pino";
import { currentTraceId } from "./telemetry/spans.ts";

export type Log = Logger;

const standardOutput = 1;
/** Lines are written together, a moment later: each by itself costs a busy server more than all else about it. */
const together = {
  minLength: 8_192,
  /** What nobody reads is kept up to here, in UTF-16 units, and dropped from there on. */
  maxLength: 16_777_216,
};

const togetherMs = 50;

/** So many bytes no other process writes into on a pipe (POSIX's PIPE_BUF, on Linux). */
const inOnePiece = { minLength: 2_048, maxWrite: 4_096 };

/** As pino's own, but made once a millisecond. */
const isoTime = (() => {
  let made = { at: 0, text: "" };
  return () => {
    const at = Date.now();
    if (at !== made.at) made = { at, text: `,"time":"${new Date(at).toISOString()}"` };
    return made.text;
  };
})();

/**
 * A logger that writes one line of JSON per entry on standard output; they are written within a twentieth of a second, or when
 * the process ends; at level debug, at once. No token and no password is ever logged; should one be all the same, under its
 * usual name, at the top or one level down, it is blotted out. Lines stay whole if other processes write there too, and
 * `sharesOutput` says so.
 */
export function createLog(name: string, level: string, { sharesOutput = false } = {}): Log {
  const options: LoggerOptions = {
    name,
    level,
    base: { name },
    mixin() {
      const traceId = currentTraceId();
      return traceId === undefined ? {} : { traceId };
    },
    timestamp: isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ["authorization", "password", "*.authorization", "*.password", "*.accessToken", "*.refreshToken"],
      censor: "[redacted]",
    },
  };
  // Who looks closely wants to see each line when it comes.
  const isLookedAt = level === "debug" || level === "trace";
  if (isLookedAt) return pino(options, pino.destination({ dest: standardOutput, sync: true }));
  return pino(options, writtenTogether({ ...together, ...(sharesOutput && inOnePiece) }));
}

/**
 * Standard output, written `togetherMs` after the first line that waits. (pino's own `periodicFlush` writes on and on, also
 * when there is nothing: it takes a thread twenty times a second, 3 % of a processor where waking one is dear.)
 */
function writtenTogether(lines: { readonly minLength: number; readonly maxLength: number }) {
  const output = pino.destination({ dest: standardOutput, sync: false, ...lines });
  let willFlush = false;
  const flush = () => {
    willFlush = false;
    output.flush();
  };
  return {
    write(line: string) {
      output.write(line);
      if (willFlush) return;
      willFlush = true;
      setTimeout(flush, togetherMs).unref();
    },
    flushSync: () => output.flushSync(), // after an entry of level fatal
  };
}

/** The same, for entries that hold nothing but what we put there ourselves: to look for secrets takes as long as the rest. */
export const withoutRedaction = (log: Log): Log => log.child({}, { redact: [] });
