import type { Models } from "../models.ts";
import { encodeCursor } from "./cursor.ts";
import type { Place } from "./orderings.ts";
import { indexOf, matching, type PageQuery, pageCondition, sortOf } from "./page-query.ts";
import type { TaskRecord } from "./task.ts";

const queryTimeoutMs = 5_000;

/** One page of tasks (a Relay connection). What lies around it, and the total, is looked up only when asked for. */
export class TaskPage {
  readonly nodes: readonly TaskRecord[];
  readonly #tasks: Models["Task"];
  readonly #query: PageQuery;
  readonly #more: boolean;

  private constructor(tasks: Models["Task"], query: PageQuery, nodes: readonly TaskRecord[], more: boolean) {
    this.#tasks = tasks;
    this.#query = query;
    this.nodes = nodes;
    this.#more = more;
  }

  static async read(tasks: Models["Task"], query: PageQuery, size: number): Promise<TaskPage> {
    const found = await readTasks(tasks, query, size + 1);
    const nodes = found.slice(0, size);
    return new TaskPage(tasks, query, query.backwards ? nodes.reverse() : nodes, found.length > size);
  }

  get edges() {
    return this.nodes.map((node) => ({ node, cursor: this.#cursor(node) }));
  }

  get startCursor(): string | null {
    const first = this.nodes[0];
    return first ? this.#cursor(first) : null;
  }

  get endCursor(): string | null {
    const last = this.nodes.at(-1);
    return last ? this.#cursor(last) : null;
  }

  async hasNextPage(): Promise<boolean> {
    if (!this.#query.backwards) return this.#more;
    const last = this.nodes.at(-1);
    const edge = last ? this.#place(last) : this.#query.before;
    return edge !== null && this.#any({ after: edge, before: null, backwards: false });
  }

  async hasPreviousPage(): Promise<boolean> {
    if (this.#query.backwards) return this.#more;
    const first = this.nodes[0];
    const edge = first ? this.#place(first) : this.#query.after;
    return edge !== null && this.#any({ after: null, before: edge, backwards: true });
  }

  async totalCount(): Promise<number> {
    return this.#tasks.countDocuments(matching(this.#query)).maxTimeMS(queryTimeoutMs);
  }

  async #any(around: Pick<PageQuery, "after" | "before" | "backwards">): Promise<boolean> {
    return (await readTasks(this.#tasks, { ...this.#query, ...around }, 1)).length > 0;
  }

  #place(task: TaskRecord): Place {
    return { value: task[this.#query.order.field], id: task._id };
  }

  #cursor(task: TaskRecord): string {
    return encodeCursor(this.#query.order, this.#place(task));
  }
}

async function readTasks(tasks: Models["Task"], query: PageQuery, limit: number): Promise<TaskRecord[]> {
  const index = indexOf(query);
  const found = tasks.find(pageCondition(query)).sort(sortOf(query)).limit(limit).maxTimeMS(queryTimeoutMs);
  return (index ? found.hint(index) : found).lean<TaskRecord[]>();
}
