import { type ChildProcess, spawn } from "node:child_process";
import type { OnStackEvent } from "../stack-events.ts";
import { StartFailure } from "../start-failure.ts";
import { waitUntil } from "../wait-until.ts";
import { BackOff, type BackOffOptions } from "./back-off.ts";
import type { Guardian } from "./guardian.ts";
import { lastWords } from "./last-words.ts";
import { lowerPriority } from "./lower-priority.ts";
import { ProcessOutput } from "./process-output.ts";
import { signalGroup } from "./signal-group.ts";

export interface ProcessSpec {
  /** For people: "tasks", "mongod". */
  name: string;
  command: string;
  args: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** How much it yields the processor to others, from 0 to 19, as in nice(1). Default: 0. */
  niceness?: number;
  /** Everything that it prints is appended here. */
  logFile?: string;
  /** Whether it serves now; asked again and again until it says yes. */
  isReady: () => Promise<boolean>;
  readyTimeoutMs?: number;
  /** From SIGTERM to SIGKILL when it is stopped. 0: SIGKILL at once. */
  stopGraceMs?: number;
  /** Start it again, with back-off, when it dies after having been ready once. Default true. */
  restart?: boolean;
  backOff?: BackOffOptions;
  guardian?: Guardian;
  /** Ends the waits of `ready`. */
  signal?: AbortSignal;
  onEvent?: OnStackEvent;
  onLine?: (line: string) => void;
  /** Turns a death before the first readiness into the one line that is shown. */
  explain?: (death: Death, errorLines: string[]) => string | undefined;
}

export interface Death {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** "exit code 1", "signal SIGKILL" or why it could not be spawned. */
  how: string;
}

interface Life {
  child: ChildProcess;
  startedAt: number;
  wasReady: boolean;
  /** Settles when the process is gone and its output is read. */
  ended: Promise<Death>;
}

/**
 * A child process in a process group of its own (so that Ctrl-C reaches only us), kept alive until `stop`.
 * `await using` stops it.
 */
export class SupervisedProcess implements AsyncDisposable {
  readonly name: string;
  readonly #spec: ProcessSpec;
  readonly #backOff: BackOff;
  readonly #output: ProcessOutput;
  #life: Life | undefined;
  #wanted = false;
  #wasReady = false;
  #restarts = 0;
  #restartTimer: NodeJS.Timeout | undefined;
  #lastDeath: Death | undefined;

  constructor(spec: ProcessSpec) {
    this.name = spec.name;
    this.#spec = spec;
    this.#backOff = new BackOff(spec.backOff);
    this.#output = new ProcessOutput(spec.logFile, spec.onLine);
  }

  /** The process id now; undefined while it is not running. */
  get pid(): number | undefined {
    return this.#life?.child.pid;
  }

  /** How often it was started again after a death of its own. */
  get restarts(): number {
    return this.#restarts;
  }

  /** The last lines that it printed on either stream, over all its lives. */
  get logs(): string[] {
    return this.#output.lines;
  }

  /** Starts it, unless it runs; resolves once it is spawned. Readiness is another question: `ready`. */
  async start(): Promise<void> {
    clearTimeout(this.#restartTimer);
    this.#wanted = true;
    if (!this.#life) this.#spawn();
  }

  /**
   * Resolves when it serves; while it is dead and about to be restarted this waits on.
   * Throws a StartFailure when it died before it ever served, or is stopped; an Error when the time is over.
   */
  async ready(timeoutMs = this.#spec.readyTimeoutMs ?? 30_000): Promise<void> {
    await waitUntil(
      async () => {
        if (!this.#wanted && !this.#life) throw new StartFailure(this.#whyDown());
        const life = this.#life;
        if (!life || !(await this.#spec.isReady()) || this.#life !== life) return false;
        this.#becameReady(life);
        return true;
      },
      { timeoutMs, what: `${this.name} to be ready`, signal: this.#spec.signal },
    );
  }

  /** SIGKILL, as a crash would end it; resolves when it is gone. It is restarted, if `restart` is on. */
  async kill(): Promise<void> {
    const life = this.#life;
    if (!life) return;
    this.#signal(life, "SIGKILL");
    await life.ended;
  }

  /** SIGSTOP: it hangs, with all its connections open. */
  pause(): void {
    if (this.#life) this.#signal(this.#life, "SIGSTOP");
  }

  /** SIGCONT. */
  resume(): void {
    if (this.#life) this.#signal(this.#life, "SIGCONT");
  }

  /** SIGTERM, and SIGKILL after the grace; a paused one too. Resolves when it is gone, to how it ended; it is not restarted. */
  async stop(): Promise<Death | undefined> {
    clearTimeout(this.#restartTimer);
    this.#wanted = false;
    const life = this.#life;
    if (!life) return;
    const graceMs = this.#spec.stopGraceMs ?? 10_000;
    const timer = setTimeout(() => this.#signal(life, "SIGKILL"), graceMs);
    this.#signal(life, graceMs === 0 ? "SIGKILL" : "SIGTERM");
    this.#signal(life, "SIGCONT");
    const death = await life.ended;
    clearTimeout(timer);
    this.#spec.onEvent?.({ type: "process-stopped", name: this.name, how: death.how });
    return death;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    this.#output.close();
  }

  #spawn(): void {
    const { command, args, cwd, env, niceness = 0 } = this.#spec;
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const { promise: ended, resolve } = Promise.withResolvers<Death>();
    const life: Life = { child, startedAt: performance.now(), wasReady: false, ended };
    this.#life = life;
    this.#output.follow(child);
    child.once("error", (error) => resolve({ code: null, signal: null, how: error.message }));
    child.once("close", (code, signal) =>
      resolve({ code, signal, how: signal ? `signal ${signal}` : `exit code ${code}` }),
    );
    void ended.then((death) => this.#onEnd(life, death));
    if (child.pid === undefined) return;
    if (niceness > 0) lowerPriority(child.pid, niceness);
    this.#spec.guardian?.watch(child.pid);
    this.#spec.onEvent?.({ type: "process-started", name: this.name, pid: child.pid });
    void this.#watchReadiness(life);
  }

  async #watchReadiness(life: Life): Promise<void> {
    const isOver = async () => {
      if (this.#life !== life) return true;
      if (await this.#spec.isReady()) this.#becameReady(life);
      return life.wasReady;
    };
    await waitUntil(isOver, { timeoutMs: Number.POSITIVE_INFINITY, what: `${this.name} to be ready`, pollMs: 50 });
  }

  #becameReady(life: Life): void {
    if (life.wasReady || this.#life !== life) return;
    const restarted = this.#wasReady;
    life.wasReady = true;
    this.#wasReady = true;
    const afterMs = Math.round(performance.now() - life.startedAt);
    this.#spec.onEvent?.({ type: "process-ready", name: this.name, afterMs, restarted });
  }

  #onEnd(life: Life, death: Death): void {
    if (life.child.pid !== undefined) {
      // What it may have started itself goes with it.
      signalGroup(life.child.pid, "SIGKILL");
      this.#spec.guardian?.forget(life.child.pid);
    }
    this.#life = undefined;
    this.#lastDeath = death;
    if (!this.#wanted) return;
    const willRestart = this.#wasReady && this.#spec.restart !== false;
    const restartInMs = willRestart ? this.#backOff.next(performance.now() - life.startedAt) : undefined;
    this.#wanted = willRestart;
    if (restartInMs !== undefined) this.#restartTimer = setTimeout(() => this.#restart(), restartInMs);
    this.#spec.onEvent?.({ type: "process-died", name: this.name, how: death.how, restartInMs });
  }

  #restart(): void {
    this.#restarts++;
    this.#spawn();
  }

  #signal(life: Life, signal: NodeJS.Signals): void {
    if (life.child.pid !== undefined && this.#life === life) signalGroup(life.child.pid, signal);
  }

  #whyDown(): string {
    const death = this.#lastDeath;
    if (!death || this.#wasReady) return `${this.name} is stopped`;
    const lines = this.#output.errorLines;
    const said = this.#spec.explain?.(death, lines) ?? lastWords(lines);
    return said ? `${this.name}: ${said}` : `${this.name} ended with ${death.how} before it was ready`;
  }
}
