import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusalOf, TaskClient } from "./support/task-client.ts";

const notWritablePrimary = 10_107;

let stack: Stack;
let mongodb: MongoClient;

beforeAll(async () => {
  stack = await startStack({ services: ["users", "tasks"], mongodb: { parameters: { enableTestCommands: "1" } } });
  mongodb = await new MongoClient(stack.mongodb.uri).connect();
});
afterAll(async () => {
  await mongodb?.close();
  await stack?.[Symbol.asyncDispose]();
});

/** MongoDB refuses a command of the tasks subgraph twice: the driver tries each twice. */
const refuse = (command: string, errorCode: number) =>
  mongodb.db("admin").command({
    configureFailPoint: "failCommand",
    mode: { times: 2 },
    data: { failCommands: [command], errorCode, appName: "tareas-tasks" },
  });

test("a primary that changes while the indexes are looked at does not end the process", async () => {
  const { restarts } = stack.tasks;
  await stack.tasks.stop();
  await refuse("listIndexes", notWritablePrimary);
  await stack.tasks.start();
  await stack.tasks.ready();
  expect(stack.tasks.restarts).toBe(restarts);
});

test.each([
  ["NotWritablePrimary", notWritablePrimary],
  ["NotPrimaryNoSecondaryOk", 13_435],
  ["InterruptedDueToReplStateChange", 11_602],
  ["ReadConcernMajorityNotAvailableYet", 134],
])("a read that two members in a row refuse because of an election (%s) may be tried again", async (_, errorCode) => {
  const { person } = await TaskClient.register(stack.users.url, stack.tasks.url);
  await refuse("find", errorCode);
  expect(refusalOf(await person.ask("{ taskLists { id } }"))).toMatchObject({ code: "SUBGRAPH_UNAVAILABLE" });
  await person.get("{ taskLists { id } }");
});
