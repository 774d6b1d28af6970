import { BadUserInput, CodedError, NotFound } from "@tareas/service-kit/errors";
import { parseInput } from "@tareas/service-kit/validation";
import type { ClientSession } from "mongoose";
import type { z } from "zod";
import { chosenId } from "../ids.ts";
import type { ListService } from "../lists/list-service.ts";
import type { Models } from "../models.ts";
import { endPosition, endPositions, type Position, positionBetween } from "../positions.ts";
import type { Author, Writes } from "../writes/writes.ts";
import { type PageArguments, resolvePage } from "./page-arguments.ts";
import { everyState, type TaskRecord } from "./task.ts";
import { changesOf, completion, newTask, retagging, type TaskChanges, trashing } from "./task-changes.ts";
import { createTaskInput, moveTaskInput, type TaskTarget, updateTaskInput, updateTasksInput } from "./task-inputs.ts";
import { TaskPage } from "./task-page.ts";
import { TaskStore } from "./task-store.ts";

/** What became of one task of a bulk change. */
export interface TaskResult {
  readonly id: string;
  readonly task: TaskRecord | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const mostPurgedAtOnce = 1_000;

/** The tasks of one owner. Inputs are checked here; each write is one transaction, done once per Idempotency-Key. */
export class TaskService {
  readonly #models: Models;
  readonly #lists: ListService;
  readonly #writes: Writes;
  readonly #store: TaskStore;

  constructor(models: Models, lists: ListService, writes: Writes) {
    this.#models = models;
    this.#lists = lists;
    this.#writes = writes;
    this.#store = new TaskStore(models.Task);
  }

  async page(ownerId: string, args: PageArguments): Promise<TaskPage> {
    const { query, size } = resolvePage(ownerId, args);
    return TaskPage.read(this.#models.Task, query, size);
  }

  /** A page of all tasks, those in the trash too, the oldest first. */
  async everything(ownerId: string, args: Pick<PageArguments, "first" | "after">): Promise<TaskPage> {
    const { query, size } = resolvePage(ownerId, { ...args, orderBy: { field: "CREATED_AT" } });
    const filter = { ...query.filter, states: everyState };
    return TaskPage.read(this.#models.Task, { ...query, filter }, size);
  }

  async findMany(ownerId: string, ids: readonly string[]): Promise<TaskRecord[]> {
    return this.#store.ownMany(ownerId, ids);
  }

  async create(author: Author, input: unknown): Promise<TaskRecord> {
    const wanted = parseInput(createTaskInput, input);
    const id = chosenId(wanted.id, author.ownerId);
    const listId = wanted.listId ?? (await this.#lists.defaultOf(author.ownerId))._id.toHexString();
    return this.#writes.run(author, "createTask", wanted, async (session) => {
      const list = await this.#lists.enter(author.ownerId, listId, session);
      return this.#store.insert(newTask(author.ownerId, list, wanted, new Date()), id, session);
    });
  }

  async update(author: Author, input: unknown): Promise<TaskRecord> {
    const { listId, ...wanted } = parseInput(updateTaskInput, input);
    return this.#change(author, "updateTask", { listId, ...wanted }, async (task, session) => ({
      ...changesOf(wanted, task, new Date()),
      ...(listId !== undefined && (await this.#enteringList(task, listId, session))),
    }));
  }

  async move(author: Author, input: unknown): Promise<TaskRecord> {
    const wanted = parseInput(moveTaskInput, input);
    return this.#change(author, "moveTask", wanted, async (task, session) => {
      const listId = wanted.listId ? await this.#lists.enter(task.ownerId, wanted.listId, session) : task.listId;
      return { listId, position: await this.#placeFor(task, listId, wanted, session) };
    });
  }

  async trash(author: Author, target: TaskTarget): Promise<TaskRecord> {
    return this.#change(author, "deleteTask", target, async (task) => trashing(true, task, new Date()));
  }

  async restore(author: Author, target: TaskTarget): Promise<TaskRecord> {
    return this.#change(author, "restoreTask", target, async (task) => trashing(false, task, new Date()));
  }

  async purge(author: Author, target: TaskTarget): Promise<{ purgedId: string }> {
    return this.#writes.run(author, "purgeTask", target, async (session) => {
      const task = await this.#store.own(author.ownerId, target, session);
      if (task.state !== "trashed")
        throw new BadUserInput(
          [{ path: "id", code: "NOT_IN_TRASH" }],
          "Only a task in the trash can be removed for good.",
        );
      await this.#store.remove(task, session);
      return { purgedId: target.id };
    });
  }

  async emptyTrash(author: Author): Promise<{ purgedCount: number; remaining: boolean }> {
    return this.#writes.run(author, "emptyTrash", {}, (session) =>
      this.#store.removeTrashed(author.ownerId, mostPurgedAtOnce, session),
    );
  }

  /**
   * One transaction for all; a task that can't be changed is left out of it and says why. Those that go to another list
   * stand at its end in the order given.
   */
  async updateMany(author: Author, input: unknown): Promise<TaskResult[]> {
    const wanted = parseInput(updateTasksInput, input);
    return this.#writes.run(author, "updateTasks", wanted, async (session) => {
      const { listId } = wanted;
      const list = listId ? await this.#lists.enter(author.ownerId, listId, session) : null;
      const found = await this.#store.ownMany(author.ownerId, wanted.ids, session);
      const byId = new Map(found.map((task) => [task._id.toHexString(), task]));
      const now = new Date();
      const places = endPositions(now.getTime(), wanted.ids.length);
      const plans = new Map(
        wanted.ids.map((id, at) => {
          const place = list && { listId: list, position: places[at] as Position };
          return [id, planned(() => changesOfMany(byId.get(id.toLowerCase()), wanted, place, now))];
        }),
      );
      const changed = [...plans.values()].filter((plan) => "change" in plan).map((plan) => plan.change);
      const saved = new Map((await this.#store.save(changed, session)).map((task) => [task._id.toHexString(), task]));
      return wanted.ids.map((id) => {
        const plan = plans.get(id);
        return { id, task: saved.get(id.toLowerCase()) ?? null, error: plan && "error" in plan ? plan.error : null };
      });
    });
  }

  async #change(
    author: Author,
    operation: string,
    target: TaskTarget & Readonly<Record<string, unknown>>,
    changes: (task: TaskRecord, session: ClientSession) => Promise<TaskChanges>,
  ): Promise<TaskRecord> {
    return this.#writes.run(author, operation, target, async (session) => {
      const task = await this.#store.own(author.ownerId, target, session);
      return this.#store.saveOne(task, await changes(task, session), session);
    });
  }

  async #enteringList(task: TaskRecord, listId: string, session: ClientSession): Promise<TaskChanges> {
    const list = await this.#lists.enter(task.ownerId, listId, session);
    return list.equals(task.listId) ? {} : { listId: list, position: endPosition(Date.now()) };
  }

  async #placeFor(
    task: TaskRecord,
    listId: TaskRecord["listId"],
    { afterId, beforeId }: z.output<typeof moveTaskInput>,
    session: ClientSession,
  ): Promise<Position> {
    const id = afterId ?? beforeId;
    if (!id) return endPosition(Date.now());
    const beside = await this.#store.own(task.ownerId, { id }, session);
    const path = afterId ? "afterId" : "beforeId";
    if (!beside.listId.equals(listId)) throw new BadUserInput([{ path, code: "OTHER_LIST" }]);
    return afterId
      ? positionBetween(beside.position, await this.#store.neighbour(beside, "after", task, session))
      : positionBetween(await this.#store.neighbour(beside, "before", task, session), beside.position);
  }
}

type Plan = { change: [TaskRecord, TaskChanges] } | { error: NonNullable<TaskResult["error"]> };

function planned(plan: () => [TaskRecord, TaskChanges]): Plan {
  try {
    return { change: plan() };
  } catch (error) {
    if (error instanceof CodedError) return { error: { code: error.code, message: error.message } };
    throw error;
  }
}

function changesOfMany(
  task: TaskRecord | undefined,
  wanted: z.output<typeof updateTasksInput>,
  place: Required<Pick<TaskChanges, "listId" | "position">> | null,
  now: Date,
): [TaskRecord, TaskChanges] {
  if (!task) throw new NotFound("task");
  const changes: TaskChanges = {
    ...(typeof wanted.completed === "boolean" && completion(wanted.completed, task, now)),
    ...(typeof wanted.trashed === "boolean" && trashing(wanted.trashed, task, now)),
    ...((wanted.addTags || wanted.removeTags) && retagging(wanted.addTags ?? [], wanted.removeTags ?? [], task)),
    ...(place && !place.listId.equals(task.listId) && place),
  };
  return [task, changes];
}
