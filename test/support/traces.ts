import type { Stack } from "@tareas/local-stack/start-stack";
import { type Document, MongoClient } from "mongodb";

/** Everything in the databases of a stack that mentions one of the words, by collection: `users.sessions`, `tasks.lists`. */
export async function tracesOf(
  { mongodb, databases }: Stack,
  words: readonly string[],
): Promise<Record<string, Document[]>> {
  const client = await new MongoClient(mongodb.uri).connect();
  try {
    const found: Record<string, Document[]> = {};
    for (const [service, database] of Object.entries(databases))
      for (const collection of await client.db(database).collections()) {
        const documents = await collection.find().toArray();
        const mentioning = documents.filter((document) => mentions(document, words));
        if (mentioning.length > 0) found[`${service}.${collection.collectionName}`] = mentioning;
      }
    return found;
  } finally {
    await client.close();
  }
}

const mentions = (document: Document, words: readonly string[]) => {
  const text = JSON.stringify(document);
  return words.some((word) => text.includes(word));
};
