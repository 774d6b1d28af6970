import { join } from "node:path";
import { MongoClient, MongoError } from "mongodb";
import { expect, test } from "vitest";
import { readMongodSettings } from "../src/config.ts";
import { type Mongodb, startMongodb } from "../src/mongodb/start-mongodb.ts";
import { isPortFree, reservePorts } from "../src/ports.ts";
import { startStack } from "../src/start-stack.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const settings = { ...readMongodSettings(), uri: undefined };

async function withClient<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 20_000 });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

function startPersistent(dataDir: string, port: number): Promise<Mongodb> {
  const folders = { dataDir, logDir: dataDir };
  return startMongodb({ settings, ports: [port], ...folders, throwAway: false, restart: false });
}

test("a killed primary is replaced, and no acknowledged write is lost", async () => {
  await using stack = await startStack({ services: [], mongodb: { members: 3 } });
  await withClient(`${stack.mongodb.uri}&retryWrites=true&w=majority`, async (client) => {
    const written = client.db("test").collection<{ _id: number }>("written");
    const acknowledged: number[] = [];
    const before = await stack.mongodb.primary();
    for (let _id = 0; _id < 60; _id++) {
      const write = written.insertOne({ _id });
      if (_id === 20) await before.kill();
      // Whether it was written, nobody promised then.
      await write.then(
        () => acknowledged.push(_id),
        (error) => expect(error).toBeInstanceOf(MongoError),
      );
    }
    const after = await stack.mongodb.primary();
    expect(after.port).not.toBe(before.port);
    await before.start();
    expect(await written.distinct("_id")).toEqual(expect.arrayContaining(acknowledged));
    expect(acknowledged.length).toBeGreaterThan(50);
    expect(acknowledged).toContain(59);
  });
});

test("data are still there after a stop and a start on another port", async () => {
  await using folder = await temporaryFolder();
  await using ports = await reservePorts();
  const dataDir = join(folder.path, "mongodb");
  const firstPort = await ports.next();
  {
    await using mongodb = await startPersistent(dataDir, firstPort);
    await withClient(mongodb.uri, (client) => client.db("test").collection("kept").insertOne({ kept: true }));
  }
  expect(await isPortFree(firstPort)).toBe(true);
  await using mongodb = await startPersistent(dataDir, await ports.next());
  const kept = await withClient(mongodb.uri, (client) =>
    client.db("test").collection("kept").countDocuments({ kept: true }),
  );
  expect(kept).toBe(1);
});

test("a port that is taken and a folder that is in use are named", async () => {
  await using folder = await temporaryFolder();
  await using ports = await reservePorts();
  const port = await ports.next();
  await using _running = await startPersistent(join(folder.path, "one"), port);
  await expect(startPersistent(join(folder.path, "two"), port)).rejects.toThrow(`port ${port} is taken`);
  await expect(startPersistent(join(folder.path, "one"), await ports.next())).rejects.toThrow("cannot be opened");
});

test("a MongoDB given by its URI is used as it is, and nothing is started", async () => {
  await using owner = await startStack({ services: [] });
  const given = { ...settings, uri: owner.mongodb.uri };
  await using stack = await startStack({ services: [], mongodb: { settings: given } });
  expect(stack.mongodb).toMatchObject({ provider: "uri", uri: owner.mongodb.uri, members: [] });
  expect(stack.databases.users).not.toBe(owner.databases.users);
});
