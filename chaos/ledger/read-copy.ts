import { type Db, MongoClient, type ObjectId } from "mongodb";
import type { StoredCopy, StoredList } from "./check-copy.ts";
import { readTasks } from "./read-tasks.ts";

interface Placed {
  readonly listId: ObjectId;
  readonly position: string;
}

/** What is stored of accounts, tasks and all that is kept beside these, as a majority of the members holds it. */
export async function readCopy(mongodbUri: string, databases: { users: string; tasks: string }): Promise<StoredCopy> {
  await using client = new MongoClient(mongodbUri, { readConcernLevel: "majority" });
  const users = client.db(databases.users);
  const tasks = client.db(databases.tasks);
  const accounts = await users.collection("accounts").distinct("_id");
  const results = await tasks.collection<{ _id: string }>("idempotentResults").find().toArray();
  const owners = await tasks.collection<{ _id: string; writes: number }>("owners").find().toArray();
  return {
    tasks: await readTasks(mongodbUri, databases.tasks),
    // <owner>/<ordinal of the mutation>/<key>
    keys: new Set(results.map(({ _id }) => _id.split("/").slice(2).join("/"))),
    accounts: new Set(accounts.map(String)),
    ownersWrites: new Map(owners.map(({ _id, writes }) => [_id, writes])),
    lists: await readLists(tasks),
  };
}

async function readLists(tasks: Db): Promise<StoredList[]> {
  const lists = await tasks.collection<StoredList>("lists").find().toArray();
  const placed = await tasks.collection<Placed>("tasks").find().toArray();
  const byList = Map.groupBy(placed, ({ listId }) => String(listId));
  return lists.map(({ _id, ownerId, taskWrites }) => {
    const positions = (byList.get(String(_id)) ?? []).map(({ position }) => position);
    return { ownerId, taskWrites, positions };
  });
}
