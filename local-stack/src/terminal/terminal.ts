/** Plain lines for a person; colour only where it helps. */
export interface Terminal {
  line(text?: string): void;
  done(text: string, tookMs?: number): void;
  warn(text: string): void;
  fail(text: string): void;
  /** A line that the next one replaces on a terminal; elsewhere a line like any other, but not twice the same. */
  progress(text: string): void;
  bold(text: string): string;
  dim(text: string): string;
}

export interface TerminalOptions {
  stream: NodeJS.WriteStream;
  /** Default: on a terminal, unless NO_COLOR is set (https://no-color.org). */
  colour?: boolean;
}

/** Writes to `stream`; that the reader has gone away is no error. */
export function openTerminal({ stream, colour = stream.hasColors?.() ?? false }: TerminalOptions): Terminal {
  stream.on("error", () => {});
  let lastProgress: string | undefined;
  const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const [red, green, yellow, bold, dim] = [paint(31), paint(32), paint(33), paint(1), paint(2)];
  const write = (text: string) => {
    const clear = stream.isTTY && lastProgress !== undefined ? "\r\u001b[K" : "";
    lastProgress = undefined;
    stream.write(`${clear}${text}\n`);
  };
  return {
    line: (text = "") => write(text),
    done: (text, tookMs) => write(`  ${green("✓")} ${text}${tookMs === undefined ? "" : dim(`  ${seconds(tookMs)}`)}`),
    warn: (text) => write(`  ${yellow("!")} ${text}`),
    fail: (text) => write(`  ${red("✗")} ${text}`),
    progress(text) {
      if (text === lastProgress) return;
      if (stream.isTTY) stream.write(`\r\u001b[K  … ${text.slice(0, (stream.columns ?? 80) - 6)}`);
      else write(`  … ${text}`);
      lastProgress = text;
    },
    bold,
    dim,
  };
}

/** "0.4 s" */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
