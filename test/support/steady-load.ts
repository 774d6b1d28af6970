import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { TaskClient } from "../../subgraphs/tasks/test/support/task-client.ts";

interface Attempt {
  readonly person: TaskClient;
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

  /** How many, of those that were begun after `since`, went well for the person for whom the fewest did. */
  done(kind: Attempt["kind"], since = 0): number {
    return Math.min(...this.#people.map((person) => this.#wentWell(person, kind, since).length));
  }

  /** From `since` until it has gone well for everybody, and goes wrong for nobody any more, in milliseconds. */
  outageMs(kind: Attempt["kind"], since: number): number {
    const firsts = this.#people.flatMap((person) => this.#wentWell(person, kind, since).slice(0, 1));
    const failures = this.attempts.filter((attempt) => attempt.kind === kind && attempt.code !== undefined);
    return Math.round(Math.max(...[...firsts, ...failures].map(({ begunAt, ms }) => begunAt + ms)) - since);
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

  #wentWell(person: TaskClient, kind: Attempt["kind"], since: number): Attempt[] {
    const isIt = (attempt: Attempt) => attempt.person === person && attempt.kind === kind && attempt.begunAt > since;
    return this.attempts.filter((attempt) => isIt(attempt) && attempt.code === undefined);
  }

  async #write(person: TaskClient): Promise<void> {
    const acknowledged: string[] = [];
    this.#acknowledged.set(person, acknowledged);
    while (!this.#ended) {
      const title = randomBytes(12).toString("hex");
      while (!(await this.#attempt(person, "write", () => person.attempt("createTask", { title }, title))))
        if (this.#ended) return;
      acknowledged.push(title);
    }
  }

  async #read(person: TaskClient): Promise<void> {
    while (!this.#ended) await this.#attempt(person, "read", () => person.attemptPage({ first: 5 }));
  }

  async #attempt(
    person: TaskClient,
    kind: Attempt["kind"],
    send: () => Promise<{ readonly errors: readonly { readonly extensions: Record<string, unknown> }[] }>,
  ): Promise<boolean> {
    const begunAt = performance.now();
    const { errors } = await send();
    const code = errors[0]?.extensions.code;
    this.attempts.push({ person, kind, begunAt, ms: performance.now() - begunAt, code });
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
