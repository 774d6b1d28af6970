import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Log } from "../log.ts";

export interface FollowedDocumentOptions {
  /** For log lines: "public keys". */
  readonly what: string;
  readonly url: () => string;
  readonly headers?: () => Readonly<Record<string, string>>;
  /** Where the last good copy is kept, so that a restart while its source is down still has it. */
  readonly file: string;
  readonly everyMs: number;
  /**
   * Takes what the URL answered, or at first what the file holds. Returns what the file should hold now; undefined
   * when that is what it holds already. Throws when the document is not what it should be.
   */
  readonly take: (document: unknown) => unknown;
  readonly log: Log;
}

const fetchTimeoutMs = 1_000;
const retryEveryMs = 1_000;

/** A JSON document of another server that is fetched again and again in the background; nobody ever waits for it. */
export class FollowedDocument implements Disposable {
  readonly #options: FollowedDocumentOptions;
  #refreshing: Promise<void> | undefined;
  #lastAttempt = 0;
  #isCurrent = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  private constructor(options: FollowedDocumentOptions) {
    this.#options = options;
  }

  /** Reads the last good copy and begins to follow the URL; does not wait for it. */
  static async open(options: FollowedDocumentOptions): Promise<FollowedDocument> {
    const followed = new FollowedDocument(options);
    await followed.#readFile();
    void followed.#follow();
    return followed;
  }

  /** When it was last asked for, on the clock of `performance.now()`. */
  get lastAttempt(): number {
    return this.#lastAttempt;
  }

  get isRefreshing(): boolean {
    return this.#refreshing !== undefined;
  }

  /** Asks now, or joins who asks already; a failure is logged, and the document stays as it is. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#fetch().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #follow(): Promise<void> {
    await this.refresh();
    if (this.#closed) return;
    const { everyMs } = this.#options;
    const afterMs = this.#isCurrent ? everyMs : Math.min(everyMs, retryEveryMs);
    this.#timer = setTimeout(() => void this.#follow(), afterMs);
    this.#timer.unref();
  }

  async #fetch(): Promise<void> {
    const { what, url, headers, take, log } = this.#options;
    this.#lastAttempt = performance.now();
    const wasCurrent = this.#isCurrent;
    try {
      const signal = AbortSignal.timeout(fetchTimeoutMs);
      const response = await fetch(url(), { signal, redirect: "error", headers: headers?.() ?? {} });
      if (!response.ok) throw new Error(`status ${response.status}`);
      await this.#keep(await take(await response.json()));
      this.#isCurrent = true;
      if (!wasCurrent) log.info(`the ${what} are followed`);
    } catch (error) {
      this.#isCurrent = false;
      // Once is enough for an outage, whatever it lasts.
      log[wasCurrent || this.#timer === undefined ? "warn" : "debug"](
        { err: error },
        `the ${what} could not be fetched`,
      );
    }
  }

  async #readFile(): Promise<void> {
    const { what, file, take, log } = this.#options;
    try {
      await take(JSON.parse(await readFile(file, "utf8")));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT")
        log.warn({ err: error, file }, `the kept copy of the ${what} is unreadable`);
    }
  }

  async #keep(document: unknown): Promise<void> {
    if (document === undefined) return;
    const { what, file, log } = this.#options;
    const temporary = `${file}.${process.pid}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(temporary, JSON.stringify(document));
      await rename(temporary, file);
    } catch (error) {
      log.warn({ err: error, file }, `the ${what} could not be kept on disk`);
    }
  }
}
