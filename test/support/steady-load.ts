import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { TaskClient } from "../../subgraphs/tasks/test/support/task-client.ts";

interface Attempt {
  readonly kind: "read" | "write";
  /** On the clock of `performance.now()`. */
  readonly begunAt: number;
  readonly ms: number;
  /** Undefined when it went well. */
  readonly code: unknown;
}

const pauseMs = 20;

/**
 * Each person makes tasks, one after the other, and reads a page meanwhile. A task whose answer is an error is sent again
 * under the same Idempotency-Key until it is acknowledged.
 */
export class SteadyLoad {
  readonly attempts: Attempt[] = [];
  readonly #people: readonly TaskClient[];
  readonly #acknowledged = new Map<TaskClient, string[]>();
  readonly #running: Promise<unknown>;
  #ended = false;

  constructor(people: readonly TaskClient[]) {
    this.#people = people;
    this.#running = Promise.all(people.flatMap((person) => [this.#write(person), this.#read(person)]));
  }

  /** How many went well of those that were begun after `since`. */
  done(kind: Attempt["kind"], since = 0): number {
    return this.#of(kind).filter(({ code, begunAt }) => code === undefined && begunAt > since).length;
  }

  /** From `since` until the first one that ended well and was begun later, in milliseconds. */
  outageMs(kind: Attempt["kind"], since: number): number {
    const ends = this.#of(kind).filter(({ code, begunAt }) => code === undefined && begunAt > since);
    return Math.round(Math.min(...ends.map(({ begunAt, ms }) => begunAt + ms)) - since);
  }

  /** The codes of what went wrong. */
  codes(): unknown[] {
    return [...new Set(this.attempts.map(({ code }) => code).filter((code) => code !== undefined))].toSorted();
  }

  /** Ends it, and compares what was acknowledged with what is stored. */
  async end(): Promise<{ lost: string[]; doubled: string[] }> {
    this.#ended = true;
    await this.#running;
    const lost: string[] = [];
    const doubled: string[] = [];
    for (const person of this.#people) {
      const stored = await titlesOf(person);
      lost.push(...(this.#acknowledged.get(person) ?? []).filter((title) => !stored.includes(title)));
      doubled.push(...stored.filter((title, index) => stored.indexOf(title) !== index));
    }
    return { lost, doubled };
  }

  #of(kind: Attempt["kind"]): Attempt[] {
    return this.attempts.filter((attempt) => attempt.kind === kind);
  }

  async #write(person: TaskClient): Promise<void> {
    const acknowledged: string[] = [];
    this.#acknowledged.set(person, acknowledged);
    while (!this.#ended) {
      const title = randomBytes(12).toString("hex");
      while (!(await this.#attempt("write", () => person.attempt("createTask", { title }, title))))
        if (this.#ended) return;
      acknowledged.push(title);
    }
  }

  async #read(person: TaskClient): Promise<void> {
    while (!this.#ended) await this.#attempt("read", () => person.attemptPage({ first: 5 }));
  }

  async #attempt(
    kind: Attempt["kind"],
    send: () => Promise<{ readonly errors: readonly { readonly extensions: Record<string, unknown> }[] }>,
  ): Promise<boolean> {
    const begunAt = performance.now();
    const { errors } = await send();
    const code = errors[0]?.extensions.code;
    this.attempts.push({ kind, begunAt, ms: performance.now() - begunAt, code });
    await delay(pauseMs);
    return code === undefined;
  }
}

async function titlesOf(person: TaskClient): Promise<string[]> {
  const titles: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page = await person.page({ first: 100, after });
    titles.push(...page.nodes.map(({ title }) => title));
    after = page.pageInfo.endCursor;
    more = page.pageInfo.hasNextPage;
  }
  return titles;
}
