import type { ChildProcess } from "node:child_process";
import cluster, { type Worker as ClusterWorker } from "node:cluster";
import { once } from "node:events";
import { StartError } from "@tareas/service-kit/settings";
import { within } from "@tareas/service-kit/within";
import { type Report, reportPlease, type WorkerMessage } from "./messages.ts";

const lastWordsMs = 100;

/** How a process has ended. */
export interface End {
  /** For people: "exit code 1", "SIGKILL". */
  readonly how: string;
  /** Of a process that was not killed. */
  readonly code: number | null;
}

/** One of the processes that answer, as the primary sees it. */
export class Worker {
  readonly #process: ClusterWorker;
  readonly #ready = Promise.withResolvers<string>();
  readonly #startedAt = performance.now();
  #reported = Promise.withResolvers<void>();
  #lastReport: Report | undefined;
  #askedAt: number | undefined;
  #isServing = false;
  /** Settles when the process is gone. */
  readonly ended: Promise<End>;

  constructor() {
    this.#process = cluster.fork();
    this.#process.on("message", (message: WorkerMessage) => this.#take(message));
    this.#process.on("error", () => {}); // what could not be sent to it any more
    this.ended = this.#end();
    this.#ready.promise.catch(() => {}); // not everybody waits for it
  }

  get pid(): number | undefined {
    return this.#process.process.pid;
  }

  /** Its URL, once it listens. Throws a `StartError` when it ends before that. */
  get ready(): Promise<string> {
    return this.#ready.promise;
  }

  get isServing(): boolean {
    return this.#isServing;
  }

  /** In milliseconds. */
  get age(): number {
    return performance.now() - this.#startedAt;
  }

  get lastReport(): Report | undefined {
    return this.#lastReport;
  }

  /** For how many milliseconds it has owed a report. */
  get silence(): number {
    return this.#askedAt === undefined ? 0 : performance.now() - this.#askedAt;
  }

  /** Asks for a report, or joins who asks already; resolves when it has come, or never will. One that hangs may take for ever. */
  report(): Promise<void> {
    if (this.#askedAt === undefined && this.#process.isConnected()) {
      this.#askedAt = performance.now();
      this.#process.send(reportPlease, undefined, () => {});
    }
    return this.#reported.promise;
  }

  /** SIGTERM, to drain it; SIGKILL for one that hears nothing. */
  kill(signal: "SIGTERM" | "SIGKILL"): void {
    this.#process.process.kill(signal);
  }

  #take(message: WorkerMessage): void {
    switch (message.kind) {
      case "refused":
        this.#ready.reject(new StartError(message.reason));
        break;
      case "ready":
        this.#isServing = true;
        this.#ready.resolve(message.url);
        break;
      case "report":
        this.#lastReport = message;
        this.#askedAt = undefined;
        this.#reported.resolve();
        this.#reported = Promise.withResolvers();
    }
  }

  async #end(): Promise<End> {
    const { process } = this.#process;
    const disconnected = once(process, "disconnect").catch(() => {});
    const end = await endOf(process);
    // What it said last may be read after it is known to be gone. There is no end of that when a connection was on its way to it.
    await within(lastWordsMs, disconnected);
    this.#isServing = false;
    this.#reported.resolve();
    this.#ready.reject(new StartError(`A worker of the router ended before it listened: ${end.how}.`));
    return end;
  }
}

function endOf(process: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    process.once("exit", (code, signal) => resolve({ how: signal ?? `exit code ${code}`, code }));
    process.on("error", ({ message }) => {
      if (process.pid === undefined) resolve({ how: message, code: null }); // it could not even be made
    });
  });
}
