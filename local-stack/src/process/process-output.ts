import type { ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { LineRing } from "./line-ring.ts";

const keptLines = 2_000;
const maxLogFileBytes = 10 * 1024 * 1024;

/** What a supervised process prints: its last lines in memory and, if asked for, all of them in a file. */
export class ProcessOutput {
  readonly #all = new LineRing(keptLines);
  readonly #errors = new LineRing(50);
  readonly #file: WriteStream | undefined;
  readonly #onLine: ((line: string) => void) | undefined;

  constructor(logFile: string | undefined, onLine: ((line: string) => void) | undefined) {
    this.#file = logFile === undefined ? undefined : openLogFile(logFile);
    this.#onLine = onLine;
  }

  /** Takes both output streams of a child that was just spawned. */
  follow(child: ChildProcess): void {
    if (child.stdout) this.#follow(child.stdout, false);
    if (child.stderr) this.#follow(child.stderr, true);
  }

  get lines(): string[] {
    return this.#all.toArray();
  }

  get errorLines(): string[] {
    return this.#errors.toArray();
  }

  close(): void {
    this.#file?.end();
  }

  #follow(stream: NodeJS.ReadableStream, isError: boolean): void {
    createInterface({ input: stream }).on("line", (line) => {
      this.#all.push(line);
      if (isError) this.#errors.push(line);
      if (this.#file && !this.#file.writableEnded) this.#file.write(`${line}\n`);
      this.#onLine?.(line);
    });
  }
}

/** Appends; a file that has grown large is first moved to `<name>.1`, in place of an older one. */
function openLogFile(path: string): WriteStream {
  mkdirSync(dirname(path), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxLogFileBytes) renameSync(path, `${path}.1`);
  return createWriteStream(path, { flags: "a" }).on("error", () => {});
}
