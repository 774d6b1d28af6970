import "fake-indexeddb/auto";
import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "../../test/support/person.ts";
import { newId } from "../src/features/sync/write.ts";
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
  const { queue } = await Tab.open(device);
  const add = (title: string) => queue.add({ kind: "createTask", input: { id: newId(person.id), title } });
  const titles = async () => {
    const { tasks } = await person.get<{ tasks: { nodes: { title: string }[] } }>("{ tasks { nodes { title } } }");
    return tasks.nodes.map(({ title }) => title).toSorted();
  };
  return { device, queue, add, titles };
}

const times = (count: number, fate: Fate) => Array.from({ length: count }, () => fate);

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
  expect(queue.state().entries).toEqual([]);
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
