import type { Stack } from "@tareas/local-stack/start-stack";
import { MongoClient, ObjectId } from "mongodb";
import type { Victim } from "./victim.ts";

/** Everything that is the victim's, one text for each collection: another text is a write that was done for them. */
export async function stateOf({ mongodb, databases }: Stack, { id, listId }: Victim): Promise<Record<string, string>> {
  await using client = new MongoClient(mongodb.uri, { readConcernLevel: "majority" });
  const find = (database: string, collection: string, filter: object) =>
    client.db(database).collection(collection).find(filter).sort({ _id: 1 }).toArray();
  const ofVictim = { $or: [{ ownerId: id }, { listId: new ObjectId(listId) }] };
  return {
    account: JSON.stringify(await find(databases.users, "accounts", { _id: new ObjectId(id) })),
    lists: JSON.stringify(await find(databases.tasks, "lists", { ownerId: id })),
    tasks: JSON.stringify(await find(databases.tasks, "tasks", ofVictim)),
  };
}
