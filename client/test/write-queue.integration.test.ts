import "fake-indexeddb/auto";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "../../test/support/person.ts";
import { editedFields, newId, type TaskEdit, valuesOf } from "../src/features/sync/write.ts";
import { Device, type Fate, Tab } from "./support/device.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack[Symbol.asyncDispose]());

async function openApp() {
  const person = await Person.register(stack.router.url);
  const device = new Device(`${stack.router.url}/graphql`, person.id, (url, init) =>
    fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${person.token}` } }),
  );
  const { queue, tasks } = await Tab.open(device);
  const add = (title: string) => queue.add({ kind: "createTask", input: { id: newId(person.id), title } });
  const titles = async () => {
    const { tasks } = await person.get<{ tasks: { nodes: { title: string }[] } }>("{ tasks { nodes { title } } }");
    return tasks.nodes.map(({ title }) => title).toSorted();
  };
  return { person, device, queue, tasks, add, titles };
}

/** An app with a task whose title was changed here and elsewhere, so that its person has to decide. */
async function openConflict({ isTrashedElsewhere = false } = {}) {
  const app = await openApp();
  const { person, queue, tasks } = app;
  const id = newId(person.id);
  queue.add({ kind: "createTask", input: { id, title: "Antes" } });
  await expect.poll(() => queue.state().entries).toEqual([]);
  const { version } = tasks.task(id) as { version: number };
  await person.get("mutation($input: UpdateTaskInput!) { updateTask(input: $input) { task { id } } }", {
    input: { id, title: "De otro" },
  });
  if (isTrashedElsewhere)
    await person.get("mutation($input: DeleteTaskInput!) { deleteTask(input: $input) { task { id } } }", {
      input: { id },
    });
  const edit = (wanted: TaskEdit) => {
    const task = tasks.task(id);
    if (!task) throw new Error("the task is not shown");
    const base = { version: task.version, values: valuesOf(task, editedFields(wanted)) };
    return queue.add({ kind: "updateTask", input: { id, ...wanted }, base });
  };
  expect(version).toBe(1);
  const conflict = edit({ title: "Mío" });
  await expect.poll(() => queue.state().entries.map(({ problem }) => problem?.type)).toEqual(["conflict"]);
  const stored = async () => {
    const query = "query($id: ID!) { task(id: $id) { title tags deletedAt } }";
    return (
      await person.get<{ task: { title: string; tags: string[]; deletedAt: string | null } | null }>(query, { id })
    ).task;
  };
  /** Resolves when all is sent that need not wait for the person. */
  const allElseSent = async () => {
    const last = app.add("Testigo");
    const isThere = () => queue.state().entries.some((entry) => entry.id === last);
    await expect.poll(() => !isThere() && queue.state().phase).toBe("idle");
  };
  return { ...app, id, edit, conflict, stored, allElseSent };
}

const times = (count: number, fate: Fate) => Array.from({ length: count }, () => fate);

test("a change is shown at once, and counts as stored in every tab when it is on disk", async () => {
  const { device, queue, add } = await openApp();
  const { queue: other } = await Tab.open(device);
  device.network.willDo(times(1_000, "cut"));
  const id = add("Uno");
  const stored = (of: typeof queue) => of.state().stored.map((entry) => entry.id);
  expect(queue.state().entries.map((entry) => entry.id)).toEqual([id]);
  expect(stored(queue)).toEqual([]);
  await queue.stored();
  expect(stored(queue)).toEqual([id]);
  await expect.poll(() => stored(other)).toEqual([id]);
  await device.close();
});

test("a change that the server fails at time after time is put before its person, and the others go on", async () => {
  const { device, queue, add, titles } = await openApp();
  device.network.willDo(times(6, "failed"));
  const failing = add("Uno");
  add("Dos");
  await expect.poll(titles).toEqual(["Dos"]);
  await expect
    .poll(() => queue.state().entries.map(({ id, problem }) => ({ id, problem })))
    .toEqual([{ id: failing, problem: { type: "refused", code: "INTERNAL_SERVER_ERROR" } }]);

  const [entry] = queue.state().entries;
  await queue.replace(failing, entry?.write);
  await expect.poll(titles).toEqual(["Dos", "Uno"]);
  await expect.poll(() => queue.state().entries).toEqual([]);
  await device.close();
});

test("a server that fails for a while is asked again, and so is one that is not there for long", async () => {
  const { device, queue, add, titles } = await openApp();
  device.network.willDo([...times(5, "failed"), ...times(20, "cut")]);
  add("Uno");
  await expect.poll(titles).toEqual(["Uno"]);
  await expect.poll(() => queue.state().entries).toEqual([]);
  await device.close();
});

test("the trash is not emptied before what waits to be taken out of it", async () => {
  const { device, queue, id, conflict, stored, allElseSent } = await openConflict({ isTrashedElsewhere: true });
  queue.add({ kind: "restoreTask", input: { id } });
  queue.add({ kind: "emptyTrash" });
  await allElseSent();
  expect(await stored()).toMatchObject({ title: "De otro" });
  expect(queue.state().entries).toHaveLength(3);

  await queue.decide(conflict, ["title"]);
  await expect.poll(() => queue.state().entries).toEqual([]);
  expect(await stored()).toEqual({ title: "Mío", tags: [], deletedAt: null });
  await device.close();
});

test("what is thrown away after the trash was to be emptied stays in it", async () => {
  const { person, device, queue, id, conflict, allElseSent } = await openConflict();
  const later = newId(person.id);
  queue.add({ kind: "createTask", input: { id: later, title: "Después" } });
  queue.add({ kind: "deleteTask", input: { id } });
  queue.add({ kind: "emptyTrash" });
  queue.add({ kind: "deleteTask", input: { id: later } });
  await allElseSent();
  await queue.decide(conflict, ["title"]);
  await expect.poll(() => queue.state().entries).toEqual([]);
  const query = "{ tasks(filter: { trashed: true }) { nodes { id } } }";
  expect(await person.get(query)).toEqual({ tasks: { nodes: [{ id: later }] } });
  await device.close();
});

test("a write that could be taken back, and waits for its person then, costs nothing while it does", async () => {
  const { device, queue, id, titles, allElseSent } = await openConflict();
  queue.add({ kind: "purgeTask", input: { id } }, { holdMs: 10 });
  await queue.stored();
  await expect.poll(() => queue.state().entries.every(({ heldUntil }) => (heldUntil ?? 0) < Date.now())).toBe(true);
  await allElseSent();
  let changes = 0;
  queue.subscribe(() => {
    changes += 1;
  });
  for (let times = 0; times < 20; times++) await titles();
  expect(changes).toBeLessThan(10);
  await device.close();
});

test("who decides for the other version sees it", async () => {
  const { device, queue, tasks, id, conflict } = await openConflict();
  expect(tasks.task(id)?.title).toBe("Mío");
  await queue.decide(conflict, []);
  await expect.poll(() => queue.state().entries).toEqual([]);
  await expect.poll(() => tasks.task(id)?.title).toBe("De otro");
  await device.close();
});

test("what is written of a task before its conflict is decided keeps its place among other changes", async () => {
  const { device, queue, id, edit, conflict, stored } = await openConflict();
  queue.add({ kind: "updateTasks", input: { ids: [id], addTags: ["trabajo"] } });
  edit({ tags: [] });
  await queue.stored();
  await queue.decide(conflict, ["title"]);
  await expect.poll(() => queue.state().entries).toEqual([]);
  expect(await stored()).toEqual({ title: "Mío", tags: [], deletedAt: null });
  await device.close();
});
