import { BadUserInput, Conflict, NotFound } from "@tareas/service-kit/errors";
import { runInBackground } from "@tareas/service-kit/request-scope";
import { parseInput } from "@tareas/service-kit/validation";
import type { ClientSession, Types } from "mongoose";
import { chosenId, requireObjectId, toObjectId } from "../ids.ts";
import type { Models } from "../models.ts";
import { endPosition, type Position, positionBetween } from "../positions.ts";
import type { Author, Writes } from "../writes/writes.ts";
import type { ListRecord } from "./list.ts";
import type { DeletedList, ListDeletions } from "./list-deletions.ts";
import { createTaskListInput, deleteTaskListInput, updateTaskListInput } from "./list-inputs.ts";

/** How many tasks a list holds. */
export interface ListCounts {
  open: number;
  completed: number;
  trashed: number;
}

const mostLists = 200;

/** The lists of one owner. Every account has a default list, which is made when it is first needed. */
export class ListService {
  readonly #models: Models;
  readonly #writes: Writes;
  readonly #deletions: ListDeletions;

  constructor(models: Models, writes: Writes, deletions: ListDeletions) {
    this.#models = models;
    this.#writes = writes;
    this.#deletions = deletions;
  }

  async all(ownerId: string): Promise<ListRecord[]> {
    await this.defaultOf(ownerId);
    return this.#models.TaskList.find({ ownerId, deletion: null }).sort({ position: 1, _id: 1 }).lean<ListRecord[]>();
  }

  /** The lists in the form in which their owner takes them along. */
  async export(ownerId: string): Promise<object[]> {
    const lists = await this.all(ownerId);
    return lists.map(({ _id: id, name, color, isDefault, position, version, createdAt, updatedAt }) => ({
      ...{ id, name, color, isDefault, position, version, createdAt, updatedAt },
    }));
  }

  async findMany(ownerId: string, ids: readonly string[]): Promise<ListRecord[]> {
    const _id = { $in: ids.map(toObjectId).filter((found) => found !== undefined) };
    return this.#models.TaskList.find({ ownerId, _id, deletion: null }).lean<ListRecord[]>();
  }

  /** The account's first list, made now if it is missing. Throws `Unauthenticated` when the account is deleted. */
  async defaultOf(ownerId: string): Promise<ListRecord> {
    const find = (session: ClientSession | null) =>
      this.#models.TaskList.findOne({ ownerId, isDefault: true }, null, { session }).lean<ListRecord>();
    const found = await find(null);
    if (found) return found;
    const author = { ownerId, idempotencyKey: null, ordinal: 0 };
    const first = newList(ownerId, { name: "Tareas", isDefault: true });
    return this.#writes.run(
      author,
      "defaultList",
      {},
      async (session) => (await find(session)) ?? this.#insert(first, session),
    );
  }

  /**
   * The list that a task is in by now. A task at hand can name a list that is gone: deleted a moment ago, or since the
   * write that an Idempotency-Key replays. What was purged meanwhile counts as in the first list.
   */
  async listOfTask(ownerId: string, _id: Types.ObjectId): Promise<ListRecord> {
    const task = await this.#models.Task.findOne({ ownerId, _id }, { listId: 1 }).lean();
    const list =
      task && (await this.#models.TaskList.findOne({ ownerId, _id: task.listId, deletion: null }).lean<ListRecord>());
    return list ?? this.defaultOf(ownerId);
  }

  /**
   * Checks that a list can take a task, and makes this transaction meet any that deletes the list meanwhile.
   * Throws `NotFound` for a list that is not the owner's.
   */
  async enter(ownerId: string, id: string, session: ClientSession): Promise<Types.ObjectId> {
    const _id = requireObjectId(id, "list");
    const { matchedCount } = await this.#models.TaskList.updateOne(
      { ownerId, _id, deletion: null },
      { $inc: { taskWrites: 1 } },
      { session },
    );
    if (matchedCount === 0) throw new NotFound("list");
    return _id;
  }

  /** How many tasks each list holds, by state, in the order of the ids; read from an index alone. */
  async counts(ownerId: string, ids: readonly string[]): Promise<ListCounts[]> {
    const listIds = ids.map(toObjectId).filter((id) => id !== undefined);
    const counted = await this.#models.Task.aggregate<{
      _id: { listId: Types.ObjectId; state: keyof ListCounts };
      n: number;
    }>([
      { $match: { ownerId, listId: { $in: listIds } } },
      { $group: { _id: { listId: "$listId", state: "$state" }, n: { $count: {} } } },
    ]).hint("list_createdAt");
    const byId = new Map(ids.map((id) => [id, { open: 0, completed: 0, trashed: 0 }]));
    for (const { _id, n } of counted) {
      const counts = byId.get(_id.listId.toHexString());
      if (counts) counts[_id.state] = n;
    }
    return [...byId.values()];
  }

  async create(author: Author, input: unknown): Promise<ListRecord> {
    const wanted = parseInput(createTaskListInput, input);
    const id = chosenId(wanted.id, author.ownerId);
    const first = await this.defaultOf(author.ownerId);
    return this.#writes.run(author, "createTaskList", wanted, async (session) => {
      await this.enter(author.ownerId, first._id.toHexString(), session); // so that two calls can't pass the limit together
      if ((await this.#models.TaskList.countDocuments({ ownerId: author.ownerId }, { session })) >= mostLists)
        throw new BadUserInput([{ path: "name", code: "TOO_MANY" }], `An account holds at most ${mostLists} lists.`);
      // One that is being deleted still holds its id.
      if (id && (await this.#models.TaskList.exists({ ownerId: author.ownerId, _id: id }).session(session)))
        throw new BadUserInput([{ path: "id", code: "TAKEN" }]);
      return this.#insert({ ...newList(author.ownerId, wanted), ...(id && { _id: id }) }, session);
    });
  }

  async update(author: Author, input: unknown): Promise<ListRecord> {
    const wanted = parseInput(updateTaskListInput, input);
    return this.#writes.run(author, "updateTaskList", wanted, async (session) => {
      const list = await this.#own(author.ownerId, wanted.id, wanted.expectedVersion, session);
      const $set = {
        ...(wanted.name !== undefined && { name: wanted.name }),
        ...(wanted.color !== undefined && { color: wanted.color }),
        ...(wanted.afterId !== undefined && { position: await this.#placeFor(list, wanted.afterId, session) }),
        updatedAt: new Date(),
      };
      const updated = await this.#models.TaskList.findOneAndUpdate(
        { ownerId: list.ownerId, _id: list._id },
        { $set, $inc: { version: 1 } },
        { session, returnDocument: "after" },
      ).lean<ListRecord>();
      return updated ?? list;
    });
  }

  /**
   * Deletes a list; its tasks go to another list, or to the trash (and then belong to the first list). Those of a large
   * list follow in the background: the list is gone at once, the last of 10,000 tasks some seconds later.
   */
  async delete(author: Author, input: unknown): Promise<{ deletedId: string; affectedTasks: number }> {
    const { ownerId } = author;
    const wanted = parseInput(deleteTaskListInput, input);
    const first = await this.defaultOf(ownerId);
    let unfinished: DeletedList | undefined;
    const payload = await this.#writes.run(author, "deleteTaskList", wanted, async (session) => {
      const list = await this.#own(ownerId, wanted.id, wanted.expectedVersion, session);
      if (list.isDefault)
        throw new BadUserInput([{ path: "id", code: "DEFAULT_LIST" }], "The first list can't be deleted.");
      const targetId = (wanted.tasks === "MOVE" && wanted.moveToListId) || first._id.toHexString();
      if (list._id.equals(targetId)) throw new BadUserInput([{ path: "moveToListId", code: "SELF" }]);
      const target = await this.enter(ownerId, targetId, session);
      const live = { ownerId, listId: list._id, state: { $in: ["open" as const, "completed" as const] } };
      const affectedTasks = await this.#models.Task.countDocuments(live, { session });
      const deletion = { target, trash: wanted.tasks === "TRASH", since: new Date() };
      await this.#models.TaskList.updateOne({ ownerId, _id: list._id }, { $set: { deletion } }, { session });
      unfinished = (await this.#deletions.step({ ...list, deletion }, session)) ? undefined : { ...list, deletion };
      return { deletedId: list._id.toHexString(), affectedTasks };
    });
    const left: DeletedList | undefined = unfinished;
    if (left) void runInBackground(() => this.#deletions.finish(left));
    return payload;
  }

  async #insert(
    list: Omit<ListRecord, "_id"> & Partial<Pick<ListRecord, "_id">>,
    session: ClientSession,
  ): Promise<ListRecord> {
    const [created] = await this.#models.TaskList.create([list], { session });
    if (!created) throw new Error("the list was not created");
    return created.toObject<ListRecord>();
  }

  async #own(ownerId: string, id: string, expectedVersion: number | null | undefined, session: ClientSession) {
    const _id = requireObjectId(id, "list");
    const list = await this.#models.TaskList.findOne({ ownerId, _id, deletion: null }, null, {
      session,
    }).lean<ListRecord>();
    if (!list) throw new NotFound("list");
    if (typeof expectedVersion === "number" && expectedVersion !== list.version)
      throw new Conflict("list", list.version);
    return list;
  }

  async #placeFor(list: ListRecord, afterId: string | null, session: ClientSession): Promise<Position> {
    const after = afterId === null ? null : (await this.#own(list.ownerId, afterId, null, session)).position;
    const next = await this.#models.TaskList.findOne({
      ownerId: list.ownerId,
      _id: { $ne: list._id },
      ...(after !== null && { position: { $gt: after } }),
    })
      .sort({ position: 1 })
      .session(session)
      .lean<ListRecord>();
    return positionBetween(after, next?.position ?? null);
  }
}

function newList(
  ownerId: string,
  { name, color, isDefault = false }: { name: string; color?: string | null | undefined; isDefault?: boolean },
): Omit<ListRecord, "_id"> {
  const now = new Date();
  const position = endPosition(now.getTime());
  return { ownerId, name, color: color ?? null, isDefault, position, version: 1, createdAt: now, updatedAt: now };
}
