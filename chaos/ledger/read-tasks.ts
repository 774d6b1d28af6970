import { MongoClient } from "mongodb";
import type { StoredTask } from "./check-ledger.ts";

interface TaskDocument {
  readonly ownerId: string;
  readonly title: string;
  readonly version: number;
  readonly deletedAt: Date | null;
}

/** All tasks in the database, as a majority of its members holds them. */
export async function readTasks(mongodbUri: string, database: string): Promise<StoredTask[]> {
  await using client = new MongoClient(mongodbUri, { readConcernLevel: "majority" });
  const documents = client.db(database).collection<TaskDocument>("tasks").find();
  return await documents
    .map(({ ownerId, title, version, deletedAt }) => ({ ownerId, title, version, isDeleted: deletedAt !== null }))
    .toArray();
}
