import type { TaskEdit } from "../../src/features/sync/write.ts";
import type { TaskPriority } from "../../src/generated/graphql.ts";

export interface ModelTask {
  readonly id: string;
  readonly title: string;
  readonly notes: string | null;
  readonly completed: boolean;
  readonly priority: TaskPriority;
  readonly dueDate: string | null;
  readonly tags: readonly string[];
  readonly isTrashed: boolean;
}

interface ModelList {
  readonly id: string;
  name: string;
  /** All its tasks, those in the trash too, in their order by hand. */
  tasks: ModelTask[];
}

type NewTask = Pick<ModelTask, "id" | "title"> & Partial<ModelTask>;

/** What lists and tasks have to be when everything that the person did is done, in order and once. */
export class Model {
  readonly lists: ModelList[] = [];

  get tasks(): readonly ModelTask[] {
    return this.lists.flatMap(({ tasks }) => tasks);
  }

  listOf(id: string): ModelList {
    const list = this.lists.find(({ tasks }) => tasks.some((task) => task.id === id));
    if (!list) throw new Error(`no list has the task ${id}`);
    return list;
  }

  createList(id: string, name: string): void {
    this.lists.push({ id, name, tasks: [] });
  }

  renameList(id: string, name: string): void {
    this.#list(id).name = name;
  }

  /** Its tasks go to another list, and to the trash if they are to. */
  deleteList(id: string, toId: string, how: "TRASH" | "MOVE"): void {
    const list = this.#list(id);
    this.lists.splice(this.lists.indexOf(list), 1);
    const tasks = list.tasks.map((task) => ({ ...task, isTrashed: task.isTrashed || how === "TRASH" }));
    this.#list(toId).tasks.push(...tasks);
  }

  create(listId: string, task: NewTask): void {
    const usual = {
      notes: null,
      completed: false,
      priority: "NONE",
      dueDate: null,
      tags: [],
      isTrashed: false,
    } as const;
    this.#list(listId).tasks.push({ ...usual, ...task });
  }

  edit(id: string, { listId, ...edit }: TaskEdit): void {
    this.#change(id, edit as Partial<ModelTask>);
    const list = this.listOf(id);
    if (!listId || listId === list.id) return;
    this.#list(listId).tasks.push(this.#take(id));
  }

  trash(id: string, isTrashed: boolean): void {
    this.#change(id, { isTrashed });
  }

  tag(id: string, tag: string): void {
    const { tags } = this.listOf(id).tasks.find((task) => task.id === id) as ModelTask;
    this.#change(id, { tags: [...new Set([...tags, tag])] });
  }

  purge(id: string): void {
    this.#take(id);
  }

  move(id: string, besideId: string, isAfter: boolean): void {
    const list = this.listOf(id);
    const task = this.#take(id);
    const at = list.tasks.findIndex((other) => other.id === besideId);
    list.tasks.splice(isAfter ? at + 1 : at, 0, task);
  }

  #list(id: string): ModelList {
    const list = this.lists.find((one) => one.id === id);
    if (!list) throw new Error(`there is no list ${id}`);
    return list;
  }

  #change(id: string, change: Partial<ModelTask>): void {
    const list = this.listOf(id);
    list.tasks = list.tasks.map((task) => (task.id === id ? { ...task, ...change } : task));
  }

  #take(id: string): ModelTask {
    const list = this.listOf(id);
    const [task] = list.tasks.splice(
      list.tasks.findIndex((one) => one.id === id),
      1,
    );
    return task as ModelTask;
  }
}
