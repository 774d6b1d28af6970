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
  readonly #path: string | undefined;
  #file: WriteStream | undefined;
  #fileBytes = 0;
  readonly #onLine: ((line: string) => void) | undefined;

  constructor(logFile: string | undefined, onLine: ((line: string) => void) | undefined) {
    this.#path = logFile;
    if (logFile !== undefined) this.#open(logFile);
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
      this.#write(line);
      this.#onLine?.(line);
    });
  }

  #write(line: string): void {
    if (!this.#file || this.#file.writableEnded || this.#path === undefined) return;
    this.#file.write(`${line}\n`);
    this.#fileBytes += line.length + 1;
    if (this.#fileBytes <= maxLogFileBytes) return;
    this.#file.end();
    this.#open(this.#path);
  }

  /** Appends; a file that has grown large is first moved to `<name>.1`, in place of an older one. */
  #open(path: string): void {
    mkdirSync(dirname(path), { recursive: true });
    const size = Math.max(this.#fileBytes, statSync(path, { throwIfNoEntry: false })?.size ?? 0);
    const isFull = size > maxLogFileBytes;
    if (isFull) renameSync(path, `${path}.1`);
    this.#fileBytes = isFull ? 0 : size;
    this.#file = createWriteStream(path, { flags: "a" }).on("error", () => {});
  }
}
