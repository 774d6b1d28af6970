import type { ApolloCache, Reference } from "@apollo/client";
import type { TaskFilter, TaskOrder } from "../../generated/graphql.ts";
import { comparator, matches, stateOf } from "./task-filters.ts";
import { type ListRecord, listRecord, type TaskRecord, taskRecord } from "./task-record.ts";

interface StoredPage {
  readonly edges?: readonly StoredEdge[];
  readonly pageInfo?: { readonly hasNextPage: boolean };
  readonly totalCount?: number;
}
interface StoredEdge {
  readonly node: Reference;
  readonly cursor: string;
}

/** Where a task is. */
interface TaskPlace {
  readonly id: string;
  readonly listId: string;
  readonly isTrashed: boolean;
  readonly position: string;
}

const idOf = ({ __ref }: Reference) => __ref.slice("Task:".length);

/** The tasks and lists in Apollo Client's cache: puts each into every list of tasks where it belongs, and counts. */
export class TaskCache {
  readonly #cache: ApolloCache;
  readonly #optimistic: boolean;

  /** With `optimistic: false` it reads what the server said alone, without the changes that wait. */
  constructor(cache: ApolloCache, { optimistic = true } = {}) {
    this.#cache = cache;
    this.#optimistic = optimistic;
  }

  task(id: string): TaskRecord | null {
    return this.#cache.readFragment({ id: `Task:${id}`, fragment: taskRecord, optimistic: this.#optimistic });
  }

  list(id: string): ListRecord | null {
    return this.#cache.readFragment({ id: `TaskList:${id}`, fragment: listRecord, optimistic: this.#optimistic });
  }

  lists(): ListRecord[] {
    const ids: string[] = [];
    this.#cache.modify({
      fields: {
        taskLists: (refs: readonly Reference[], { readField }) => {
          ids.push(...refs.map((ref) => String(readField("id", ref))));
          return refs;
        },
      },
    });
    return ids.flatMap((id) => this.list(id) ?? []);
  }

  /** What is known of where tasks are: of all that a list of tasks holds. */
  places(): TaskPlace[] {
    const places = new Map<string, TaskPlace>();
    this.#cache.modify({
      fields: {
        tasks: (page: StoredPage, { readField }) => {
          for (const { node } of page.edges ?? []) {
            const listId = String(readField("id", readField<Reference>("list", node)));
            const isTrashed = readField("deletedAt", node) !== null;
            const position = String(readField("position", node));
            places.set(node.__ref, { id: idOf(node), listId, isTrashed, position });
          }
          return page as never;
        },
      },
    });
    return [...places.values()];
  }

  /** Shows a task as it is now, null: no more. Lists of tasks and counts follow from what it was. */
  showTask(id: string, now: TaskRecord | null): void {
    const before = this.task(id);
    if (now) {
      const list = { __typename: "TaskList", ...now.list };
      const data = { __typename: "Task", ...now, list };
      this.#cache.writeFragment({ id: `Task:${id}`, fragment: taskRecord, data: data as never });
    }
    this.#eachPage((page, filter, order) => this.#placed(page, filter, order, id, before, now));
    this.#count(before, now);
    // Gone for good: to hear it twice changes nothing.
    if (!now) this.#cache.evict({ id: `Task:${id}` });
  }

  showList(list: ListRecord): void {
    const isNew = this.list(list.id) === null;
    this.#cache.writeFragment({
      id: `TaskList:${list.id}`,
      fragment: listRecord,
      data: { __typename: "TaskList", ...list, counts: { __typename: "TaskCounts", ...list.counts } } as never,
    });
    this.#orderLists(isNew ? [list.id] : []);
  }

  removeList(id: string): void {
    this.#cache.modify({
      fields: { taskLists: (refs: readonly Reference[]) => refs.filter((ref) => ref.__ref !== `TaskList:${id}`) },
    });
  }

  /** Puts the lists in order by their positions, with the new ones among them. */
  #orderLists(newIds: readonly string[]): void {
    this.#cache.modify({
      fields: {
        taskLists: (refs: readonly Reference[], { readField, toReference }) => {
          const added = newIds.flatMap((id) => toReference({ __typename: "TaskList", id }) ?? []);
          const positionOf = (ref: Reference) => String(readField("position", ref));
          return [...refs, ...added].toSorted((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1));
        },
      },
    });
  }

  #eachPage(change: (page: StoredPage, filter: TaskFilter, order: TaskOrder | null) => StoredPage): void {
    this.#cache.modify({
      fields: {
        tasks: (page: StoredPage, { storeFieldName }) => {
          const { filter, orderBy } = argumentsIn(storeFieldName);
          return change(page, filter ?? {}, orderBy ?? null) as never;
        },
      },
    });
  }

  #placed(
    page: StoredPage,
    filter: TaskFilter,
    order: TaskOrder | null,
    id: string,
    before: TaskRecord | null,
    now: TaskRecord | null,
  ): StoredPage {
    const matched = before !== null && matches(before, filter);
    const is = now !== null && matches(now, filter);
    const others = page.edges?.filter(({ node }) => node.__ref !== `Task:${id}`);
    // The server may have said of the task alone, or of this page alone, that it is another: what the page holds counts.
    const was = others?.length !== page.edges?.length || (matched && (!others || page.pageInfo?.hasNextPage === true));
    if (!was && !is) return page;
    const counted = page.totalCount === undefined ? {} : { totalCount: page.totalCount + Number(is) - Number(was) };
    const compare = comparator(order);
    if (!others || (was && is && before && compare(before, now) === 0)) return { ...page, ...counted };
    if (!is) return { ...page, ...counted, edges: others };
    const at = firstIndex(others.length, (index) => {
      const other = this.task(idOf((others[index] as StoredEdge).node));
      return other !== null && compare(now, other) < 0;
    });
    // Behind the last that is known, where more follow: it comes with them.
    if (at === others.length && page.pageInfo?.hasNextPage) return { ...page, ...counted, edges: others };
    const edge = { __typename: "TaskEdge", node: { __ref: `Task:${id}` }, cursor: "" };
    return { ...page, ...counted, edges: others.toSpliced(at, 0, edge) };
  }

  #count(before: TaskRecord | null, now: TaskRecord | null): void {
    const steps = [
      ...(before ? [{ listId: before.list.id, state: stateOf(before), by: -1 }] : []),
      ...(now ? [{ listId: now.list.id, state: stateOf(now), by: 1 }] : []),
    ];
    for (const { listId, state, by } of steps)
      this.#cache.modify({
        id: `TaskList:${listId}`,
        fields: {
          counts: (stored) => {
            const counts = stored as unknown as Record<string, number>;
            return { ...counts, [state]: (counts[state] ?? 0) + by } as never;
          },
        },
      });
  }
}

/** The arguments by which a list of tasks is stored: see the key arguments in task-pages.ts. */
function argumentsIn(storeFieldName: string): { filter?: TaskFilter; orderBy?: TaskOrder } {
  const at = storeFieldName.indexOf(":");
  return at < 0 ? {} : JSON.parse(storeFieldName.slice(at + 1));
}

/** The first index of `length` for which `holds`, which holds for all that follow it; `length` when for none. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
