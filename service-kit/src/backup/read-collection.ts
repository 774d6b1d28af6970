import { type ClientSession, mongo } from "mongoose";
import { StartError } from "../settings.ts";

type MongoClient = mongo.MongoClient;
type Collection = mongo.Collection;

/** By this name MongoDB's log, and its list of what goes on, know who asks. */
const appName = "tareas-backup";

/** Connects, or says in one line why it can't. */
export async function connect(uri: string): Promise<MongoClient> {
  try {
    return await new mongo.MongoClient(uri, { appName }).connect();
  } catch (error) {
    throw new StartError(`MongoDB can't be reached: ${(error as Error).message}.`);
  }
}

/** The collections of a database, by their names, without those of MongoDB's own. */
export async function collectionsOf(database: mongo.Db): Promise<Collection[]> {
  const infos = await database.listCollections({ type: "collection" }, { nameOnly: true }).toArray();
  return infos
    .map(({ name }) => name)
    .filter((name) => !name.startsWith("system."))
    .sort()
    .map((name) => database.collection(name));
}

/**
 * All documents of a collection as the bytes that they are stored in, in batches, in the order in which they were inserted. In
 * a snapshot session, as they were at its moment.
 */
export async function* documentsOf(
  collection: Collection,
  session?: ClientSession,
): AsyncGenerator<readonly Uint8Array[]> {
  await using cursor = collection.find<Uint8Array>(
    {},
    { raw: true, hint: { $natural: 1 }, ...(session && { session }) },
  );
  while (await cursor.hasNext()) yield cursor.readBufferedDocuments();
}
