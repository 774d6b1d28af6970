import { startStack } from "@tareas/local-stack/start-stack";
import { MongoClient } from "mongodb";
import { expect, test } from "vitest";

const notWritablePrimary = 10_107;

test("a primary that changes while the indexes are looked at does not end the process", async () => {
  const mongodb = { parameters: { enableTestCommands: "1" } };
  await using stack = await startStack({ services: ["users", "tasks"], mongodb });
  await using client = await new MongoClient(stack.mongodb.uri).connect();
  const { restarts } = stack.tasks;
  await stack.tasks.stop();
  // The driver tries each look twice.
  await client.db("admin").command({
    configureFailPoint: "failCommand",
    mode: { times: 2 },
    data: { failCommands: ["listIndexes"], errorCode: notWritablePrimary, appName: "tareas-tasks" },
  });
  await stack.tasks.start();
  await stack.tasks.ready();
  expect(stack.tasks.restarts).toBe(restarts);
});
