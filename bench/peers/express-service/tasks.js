import { ObjectId } from "mongodb";
import { pageQuery, placeAfter } from "./page-query.js";
import { wordsOf } from "./words.js";

const priorities = ["NONE", "LOW", "MEDIUM", "HIGH", "URGENT"];
const noDueDate = "none";

/** The tasks of a viewer, in the collections of the tasks subgraph. */
export class Tasks {
  #tasks;
  #lists;
  #accounts;

  constructor(database, accounts) {
    this.#tasks = database.collection("tasks");
    this.#lists = database.collection("lists");
    this.#accounts = accounts;
  }

  async page(viewer, query) {
    const { filter, sort, hint, field } = pageQuery(viewer, query);
    const first = Number(query.first ?? 20);
    const options = { projection: { words: 0 }, ...(hint && { hint }) };
    const found = await this.#tasks
      .find(filter, options)
      .sort(sort)
      .limit(first + 1)
      .toArray();
    const nodes = await this.#shown(found.slice(0, first));
    const edges = nodes.map((node, index) => ({ cursor: placeAfter(found[index], field), node }));
    return { edges, pageInfo: { hasNextPage: found.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
  }

  /** Undefined when the list is not the viewer's. */
  async create(ownerId, { title, listId, notes = null, priority = "NONE", dueDate = noDueDate, tags = [] }) {
    const list = await this.#lists.findOne({ ownerId, _id: new ObjectId(listId) });
    if (!list) return undefined;
    const now = new Date();
    const task = {
      ...{
        ownerId,
        listId: list._id,
        state: "open",
        title,
        notes,
        priority: priorities.indexOf(priority),
        due: dueDate,
      },
      ...{ tags, tagKeys: tags.map((tag) => tag.toLowerCase()), words: wordsOf(title, notes ?? "", ...tags) },
      ...{ position: `g${now.getTime().toString(36)}`, version: 1, createdAt: now, updatedAt: now },
      ...{ completedAt: null, deletedAt: null },
    };
    await this.#tasks.insertOne(task);
    return (await this.#shown([task]))[0];
  }

  /** Undefined when the viewer has no such task. */
  async update(ownerId, id, { title }) {
    const filter = { ownerId, _id: new ObjectId(id) };
    const before = await this.#tasks.findOne(filter, { projection: { words: 0 } });
    if (!before) return undefined;
    const words = wordsOf(title, before.notes ?? "", ...before.tags);
    const change = { $set: { title, words, updatedAt: new Date() }, $inc: { version: 1 } };
    const options = { returnDocument: "after", projection: { words: 0 } };
    const task = await this.#tasks.findOneAndUpdate({ ...filter, version: before.version }, change, options);
    return task ? (await this.#shown([task]))[0] : this.update(ownerId, id, { title });
  }

  /** As they are answered, with their owners. */
  async #shown(tasks) {
    const ids = [...new Set(tasks.map(({ ownerId }) => ownerId))].map((id) => new ObjectId(id));
    const projection = { username: 1, displayName: 1 };
    const accounts = await this.#accounts.find({ _id: { $in: ids } }, { projection }).toArray();
    const owners = new Map(
      accounts.map(({ _id, username, displayName }) => [
        _id.toHexString(),
        { id: _id.toHexString(), username, displayName },
      ]),
    );
    return tasks.map((task) => ({
      id: task._id.toHexString(),
      title: task.title,
      completed: task.completedAt !== null,
      priority: priorities[task.priority],
      dueDate: task.due === noDueDate ? null : task.due,
      owner: owners.get(task.ownerId) ?? null,
    }));
  }
}
