import "fake-indexeddb/auto";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "../../test/support/person.ts";
import { editedFields, newId, type TaskEdit, valuesOf, type Write } from "../src/features/sync/write.ts";
import { Device, type Fate, fates, Tab } from "./support/device.ts";
import { Model, type ModelTask } from "./support/model.ts";

const sequences = 1_000;
const atOnce = 8;
const perPerson = 25;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack[Symbol.asyncDispose]());

/** What a person does, and what befalls them. Numbers choose among what there is by then. */
type Step =
  | { readonly do: "create"; readonly list: number; readonly title: string; readonly edit: TaskEdit }
  | { readonly do: "edit"; readonly task: number; readonly edit: TaskEdit }
  | { readonly do: "toList"; readonly task: number; readonly list: number }
  | { readonly do: "move"; readonly task: number; readonly beside: number; readonly isAfter: boolean }
  | { readonly do: "trash" | "restore" | "purge"; readonly task: number }
  | { readonly do: "bulk"; readonly tasks: readonly number[]; readonly what: "complete" | "trash" | "tag" }
  | { readonly do: "newList" | "renameList"; readonly list: number }
  | { readonly do: "deleteList"; readonly list: number; readonly how: "TRASH" | "MOVE"; readonly isTakenBack: boolean }
  | { readonly do: "network"; readonly fates: readonly Fate[] }
  | { readonly do: "reload" | "otherTab" | "hide" | "answer" | "settle" };

const index = fc.nat({ max: 20 });
const title = fc.constantFrom("Comprar pan", "Llamar", "Leer", "Ñandú 🌊", "x");
const edit = fc.record(
  {
    title,
    notes: fc.constantFrom("**hoy**", "nada", null),
    completed: fc.boolean(),
    priority: fc.constantFrom("NONE", "LOW", "HIGH"),
    dueDate: fc.constantFrom("2026-12-01", "2027-01-31", null),
    tags: fc.constantFrom(["casa"], ["a", "b"], []),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<TaskEdit>;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("create" as const), list: index, title, edit }) },
  // Of few tasks, so that one is edited again while its last edit is on the way.
  { weight: 6, arbitrary: fc.record({ do: fc.constant("edit" as const), task: fc.nat({ max: 1 }), edit }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("toList" as const), task: index, list: index }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("move" as const), task: index, beside: index, isAfter: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("trash" as const, "restore", "purge"), task: index }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("bulk" as const),
      tasks: fc.array(index, { minLength: 1, maxLength: 4 }),
      what: fc.constantFrom("complete" as const, "trash", "tag"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("newList" as const, "renameList"), list: index }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("deleteList" as const),
      list: index,
      how: fc.constantFrom("TRASH" as const, "MOVE"),
      isTakenBack: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("network" as const),
      fates: fc.array(fc.constantFrom(...fates), { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom("reload" as const, "otherTab", "hide", "answer", "settle") }),
  },
);

/** One person on one device, who goes through sequences of steps. */
class Run {
  readonly person: Person;
  readonly device: Device;
  readonly model = new Model();
  readonly counts: Record<string, number>;
  #tab: Tab;
  #names = 0;
  #hasDeletedList = false;

  private constructor(person: Person, device: Device, tab: Tab, counts: Record<string, number>) {
    this.person = person;
    this.device = device;
    this.#tab = tab;
    this.counts = counts;
  }

  static async begin(person: Person, counts: Record<string, number>): Promise<Run> {
    const device = new Device(`${stack.router.url}/graphql`, person.id, (url, init) =>
      fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${person.token}` } }),
    );
    const run = new Run(person, device, await Tab.open(device), counts);
    for (const _ of [1, 2]) run.#newList();
    return run;
  }

  async take(steps: readonly Step[]): Promise<void> {
    for (const one of steps) {
      this.counts[one.do] = (this.counts[one.do] ?? 0) + 1;
      await this.#take(one);
    }
  }

  /** The network is back, and everything is sent: server, device and model say the same. */
  async end(): Promise<void> {
    await this.device.settled(this.#tab.queue);
    expect(this.#tab.queue.state().entries).toEqual([]);
    const expected = this.model.lists.map(({ id, name, tasks }) => ({ id, name, tasks }));
    expect(await this.#stored(this.model.lists.map(({ id }) => id))).toEqual(expected);
    for (const { id, tasks } of this.model.lists) {
      // How many tasks a list takes in when another is given up, the server alone knows: the app asks it.
      if (!this.#hasDeletedList) expect(this.#tab.tasks.list(id)?.counts).toMatchObject(countsOf(tasks));
      for (const task of tasks) expect(shownTask(this.#tab.tasks.task(task.id))).toEqual(task);
    }
    for (const [fate, times] of this.device.network.suffered) this.counts[fate] = (this.counts[fate] ?? 0) + times;
    await this.device.close();
    // An account holds at most 200 lists; their tasks stay, in the trash.
    for (const { id } of this.model.lists) await this.person.get(removeList, { input: { id, tasks: "TRASH" } });
  }

  async #take(step: Step): Promise<void> {
    const { model } = this;
    switch (step.do) {
      case "create": {
        const list = this.#list(step.list);
        const id = newId(this.person.id);
        const { completed: _, ...fields } = step.edit;
        const input = { ...fields, title: step.title, id, listId: list.id };
        model.create(list.id, { ...(fields as object), title: step.title, id });
        return this.#add({ kind: "createTask", input });
      }
      case "edit":
        return this.#withTask(step.task, false, ({ id }) => this.#edit(id, step.edit));
      case "toList":
        return this.#withTask(step.task, false, ({ id }) => this.#edit(id, { listId: this.#list(step.list).id }));
      case "move":
        return this.#withTask(step.task, false, ({ id }) => {
          const others = model.listOf(id).tasks.filter((task) => task.id !== id);
          const beside = others[step.beside % others.length];
          if (!beside) return;
          model.move(id, beside.id, step.isAfter);
          this.#add({ kind: "moveTask", input: { id, [step.isAfter ? "afterId" : "beforeId"]: beside.id } });
        });
      case "trash":
        return this.#withTask(step.task, false, ({ id }) => {
          model.trash(id, true);
          this.#add({ kind: "deleteTask", input: { id } });
        });
      case "restore":
        return this.#withTask(step.task, true, ({ id }) => {
          model.trash(id, false);
          this.#add({ kind: "restoreTask", input: { id } });
        });
      case "purge":
        return this.#withTask(step.task, true, ({ id }) => {
          model.purge(id);
          this.#add({ kind: "purgeTask", input: { id } });
        });
      case "bulk":
        return this.#bulk(step.tasks, step.what);
      case "newList":
        return this.#newList();
      case "renameList": {
        const { id } = this.#list(step.list);
        const name = this.#name();
        model.renameList(id, name);
        return this.#add({ kind: "updateTaskList", input: { id, name } });
      }
      case "deleteList":
        return this.#deleteList(step);
      case "network":
        return this.device.network.willDo(step.fates);
      case "reload":
        // What is on disk is promised; a browser that is killed within the same millisecond is not.
        await this.#tab.queue.stored();
        this.#tab.kill(this.device);
        this.#tab = await Tab.open(this.device);
        return;
      case "otherTab":
        await this.#tab.queue.stored();
        this.#tab = await Tab.open(this.device);
        return;
      case "hide":
        // The person looks at something else: what is shown is kept at once, and not only when there is time.
        return this.#tab.snapshot.save();
      case "answer":
        return this.#change();
      case "settle":
        return this.device.settled(this.#tab.queue);
    }
  }

  #add(write: Write): void {
    this.#tab.queue.add(write);
  }

  /** As the app edits: on the version and the values that the tab shows. */
  #edit(id: string, wanted: TaskEdit): void {
    const fields = editedFields(wanted);
    const task = this.#tab.tasks.task(id);
    if (fields.length === 0) return;
    if (!task) throw new Error(`the tab does not know the task ${id}`);
    this.model.edit(id, wanted);
    const base = { version: task.version, values: valuesOf(task, fields) };
    this.#add({ kind: "updateTask", input: { id, ...wanted }, base });
  }

  #bulk(tasks: readonly number[], what: "complete" | "trash" | "tag"): void {
    const there = this.model.tasks.filter(({ isTrashed }) => !isTrashed);
    const ids = [...new Set(tasks.flatMap((at) => there[at % there.length]?.id ?? []))];
    if (ids.length === 0) return;
    const change = { complete: { completed: true }, trash: { trashed: true }, tag: { addTags: ["z"] } }[what];
    for (const id of ids) {
      if (what === "complete") this.model.edit(id, { completed: true });
      else if (what === "trash") this.model.trash(id, true);
      else this.model.tag(id, "z");
    }
    this.#add({ kind: "updateTasks", input: { ids, ...change } });
  }

  #newList(): void {
    const id = newId(this.person.id);
    const name = this.#name();
    this.model.createList(id, name);
    this.#add({ kind: "createTaskList", input: { id, name } });
  }

  async #deleteList({ list, how, isTakenBack }: Extract<Step, { do: "deleteList" }>): Promise<void> {
    if (this.model.lists.length < 3) return;
    const { id } = this.#list(list);
    const to = this.model.lists.find((one) => one.id !== id) as Model["lists"][number];
    const count = this.model.lists.find((one) => one.id === id)?.tasks.length ?? 0;
    // How the tasks of a list that is given up stand among those of another is the server's affair: it goes by their age. At
    // most one, then, into a list that has none yet.
    if (count > 1 || (count === 1 && to.tasks.length > 0)) return;
    if (how === "TRASH" && this.model.lists.some((one) => one.id === id && one.tasks.length > 0)) return;
    const input = { id, tasks: how, ...(how === "MOVE" && { moveToListId: to.id }) };
    const write = this.#tab.queue.add({ kind: "deleteTaskList", input }, { holdMs: 30 });
    if (isTakenBack && (await this.#tab.queue.takeBack(write))) return;
    this.#hasDeletedList = true;
    this.model.deleteList(id, to.id, how);
  }

  #list(at: number) {
    return this.model.lists[at % this.model.lists.length] as Model["lists"][number];
  }

  #name = () => `Lista ${++this.#names}`;

  #withTask(at: number, isTrashed: boolean, act: (task: ModelTask) => void): void {
    const there = this.model.tasks.filter((task) => task.isTrashed === isTrashed);
    const task = there[at % there.length];
    if (task) act(task);
  }

  /** Resolves when the queue says something new; at once when it waits for nothing. */
  async #change(): Promise<void> {
    await this.#tab.queue.stored();
    if (this.#tab.queue.state().entries.length === 0) return;
    await new Promise<void>((resolve) => {
      const stop = this.#tab.queue.subscribe(() => {
        stop();
        resolve();
      });
    });
  }

  async #stored(ids: readonly string[]) {
    const fields = "id title notes completed priority dueDate tags position deletedAt list { id }";
    const pages = ids.map((id, i) => {
      const page = (trashed: boolean) =>
        `tasks(first: 100, filter: { listId: "${id}", trashed: ${trashed} }, orderBy: { field: POSITION }) { nodes { ${fields} } }`;
      return `list${i}: taskList(id: "${id}") { id name } there${i}: ${page(false)} trashed${i}: ${page(true)}`;
    });
    type Stored = { nodes: (Parameters<typeof shownTask>[0] & { position: string })[] };
    const answer = await this.person.get<Record<string, Stored & { id: string; name: string }>>(
      `{ ${pages.join(" ")} }`,
    );
    return ids.map((_, i) => {
      const nodes = [answer[`there${i}`], answer[`trashed${i}`]].flatMap((page) => page?.nodes ?? []);
      const tasks = nodes.toSorted((a, b) => (a.position < b.position ? -1 : 1)).map(shownTask);
      return { id: answer[`list${i}`]?.id, name: answer[`list${i}`]?.name, tasks };
    });
  }
}

type Shown = Omit<ModelTask, "isTrashed"> & { readonly deletedAt: string | null };
const shownTask = (task: Shown | null): ModelTask | null => {
  if (!task) return null;
  const { id, title, notes, completed, priority, dueDate, tags, deletedAt } = task;
  return { id, title, notes, completed, priority, dueDate, tags, isTrashed: deletedAt !== null };
};

const countsOf = (tasks: readonly ModelTask[]) => {
  const count = (holds: (task: ModelTask) => boolean) => tasks.filter(holds).length;
  return {
    open: count((task) => !task.isTrashed && !task.completed),
    completed: count((task) => !task.isTrashed && task.completed),
    trashed: count((task) => task.isTrashed),
  };
};

const removeList = "mutation($input: DeleteTaskListInput!) { deleteTaskList(input: $input) { deletedId } }";
const countTasks = "{ taskLists { counts { open completed trashed } } }";

/** Goes through some sequences with one account, and checks in the end that it holds no more than their models. */
async function onePerson(counts: Record<string, number>): Promise<void> {
  const person = await Person.register(stack.router.url);
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 22 }), async (steps) => {
      const run = await Run.begin(person, counts);
      await run.take(steps);
      await run.end();
      made += run.model.tasks.length;
    }),
    { numRuns: perPerson },
  );
  const { taskLists } = await person.get<{ taskLists: { counts: Record<string, number> }[] }>(countTasks);
  const held = taskLists.flatMap((list) => Object.values(list.counts)).reduce((sum, count) => sum + count, 0);
  expect(held).toBe(made);
}

test(`after ${sequences} random sequences of edits, cuts, reloads and lost answers the server has what the model has`, async () => {
  const counts: Record<string, number> = {};
  let left = sequences / perPerson;
  const lanes = Array.from({ length: atOnce }, async () => {
    while (left > 0) {
      left -= 1;
      await onePerson(counts);
    }
  });
  await Promise.all(lanes);
  for (const kind of [
    "create",
    "edit",
    "move",
    "purge",
    "bulk",
    "deleteList",
    "reload",
    "otherTab",
    "hide",
    "cut",
    "lost",
    "garbled",
  ])
    expect(counts[kind], kind).toBeGreaterThan(sequences / 20);
}, 600_000);
