import { BadUserInput, Conflict, NotFound } from "@tareas/service-kit/errors";
import type { ClientSession, Types } from "mongoose";
import { requireObjectId, toObjectId } from "../ids.ts";
import type { Models } from "../models.ts";
import type { Position } from "../positions.ts";
import type { StoredTask, TaskRecord } from "./task.ts";
import { effectOf, type TaskChanges } from "./task-changes.ts";
import type { TaskTarget } from "./task-inputs.ts";

/** Reads and writes single tasks inside a transaction. Every query starts from the owner. */
export class TaskStore {
  readonly #tasks: Models["Task"];

  constructor(tasks: Models["Task"]) {
    this.#tasks = tasks;
  }

  /** Throws `NotFound` for a task that is not the owner's, and `Conflict` for one of another version than expected. */
  async own(ownerId: string, { id, expectedVersion }: TaskTarget, session: ClientSession): Promise<TaskRecord> {
    const _id = requireObjectId(id, "task");
    const task = await this.#tasks.findOne({ ownerId, _id }, null, { session }).lean<TaskRecord>();
    if (!task) throw new NotFound("task");
    if (typeof expectedVersion === "number" && expectedVersion !== task.version)
      throw new Conflict("task", task.version);
    return task;
  }

  async ownMany(ownerId: string, ids: readonly string[], session?: ClientSession): Promise<TaskRecord[]> {
    const _id = { $in: ids.map(toObjectId).filter((found) => found !== undefined) };
    return this.#tasks.find({ ownerId, _id }, null, { session: session ?? null }).lean<TaskRecord[]>();
  }

  /** Throws `BadUserInput` when a chosen id is that of another task of the owner's. */
  async insert(
    task: Omit<StoredTask, "_id">,
    id: Types.ObjectId | undefined,
    session: ClientSession,
  ): Promise<TaskRecord> {
    if (id && (await this.#tasks.exists({ ownerId: task.ownerId, _id: id }).session(session)))
      throw new BadUserInput([{ path: "id", code: "TAKEN" }]);
    const [created] = await this.#tasks.create([{ ...task, ...(id && { _id: id }) }], { session });
    if (!created) throw new Error("the task was not created");
    const { words: _, ...record } = created.toObject<StoredTask>();
    return record;
  }

  /** Writes what differs, and returns the tasks as they are then; one in which nothing differs keeps its version. */
  async save(changed: readonly [TaskRecord, TaskChanges][], session: ClientSession): Promise<TaskRecord[]> {
    const updatedAt = new Date();
    const writes: Parameters<Models["Task"]["bulkWrite"]>[0] = [];
    const saved = changed.map(([task, changes]) => {
      const effect = effectOf(changes, task);
      if (!effect) return task;
      const { _id, ownerId, version } = task;
      const $set = { ...effect, updatedAt };
      writes.push({ updateOne: { filter: { _id, ownerId, version }, update: { $set, $inc: { version: 1 } } } });
      const { words: _, ...shown } = effect;
      return { ...task, ...shown, updatedAt, version: version + 1 };
    });
    if (writes.length > 0) await this.#tasks.bulkWrite(writes, { session, ordered: false });
    return saved;
  }

  async saveOne(task: TaskRecord, changes: TaskChanges, session: ClientSession): Promise<TaskRecord> {
    const [saved] = await this.save([[task, changes]], session);
    return saved ?? task;
  }

  /** The position of the task next to a position in its list, leaving `except` out; null at the end. */
  async neighbour(beside: TaskRecord, side: "before" | "after", except: TaskRecord, session: ClientSession) {
    const { ownerId, listId, position } = beside;
    const [range, direction] = side === "after" ? [{ $gt: position }, 1 as const] : [{ $lt: position }, -1 as const];
    const found = await this.#tasks
      .findOne({
        ownerId,
        listId,
        state: { $in: ["open", "completed", "trashed"] },
        position: range,
        _id: { $ne: except._id },
      })
      .session(session)
      .sort({ position: direction })
      .hint("list_position")
      .lean<TaskRecord>();
    return (found?.position ?? null) as Position | null;
  }

  async remove(task: TaskRecord, session: ClientSession): Promise<void> {
    await this.#tasks.deleteOne({ ownerId: task.ownerId, _id: task._id }, { session });
  }

  /** Removes up to `most` tasks of the trash; `remaining` tells whether there are more. */
  async removeTrashed(ownerId: string, most: number, session: ClientSession) {
    const trashed = await this.#tasks
      .find({ ownerId, state: "trashed" }, { _id: 1 }, { session })
      .hint("owner_createdAt")
      .limit(most + 1)
      .lean();
    const ids = trashed.slice(0, most).map(({ _id }) => _id);
    await this.#tasks.deleteMany({ ownerId, _id: { $in: ids } }, { session });
    return { purgedCount: ids.length, remaining: trashed.length > most };
  }
}
