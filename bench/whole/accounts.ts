import { randomUUID } from "node:crypto";
import type { Stack } from "@tareas/local-stack/start-stack";
import { type Collection, MongoClient } from "mongodb";
import { Types } from "mongoose";
import type { StoredTask } from "../../subgraphs/tasks/src/tasks/task.ts";
import { Person } from "../../test/support/person.ts";
import { syntheticTask } from "./synthetic-tasks.ts";

/** Somebody with so many tasks. */
export interface Account {
  readonly size: number;
  readonly username: string;
  readonly password: string;
  readonly token: string;
  readonly listId: string;
  /** Some of their tasks, from all over their list: pages begin behind them, and they are changed. */
  readonly places: readonly Place[];
}

export interface Place {
  readonly id: string;
  /** Opaque, of the order in which tasks are made. */
  readonly cursor: string;
}

export interface Wanted {
  readonly sizes: readonly number[];
  /** Ends it, by throwing its reason. */
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
}

const password = "una frase larga";
const placeCount = 200;
const batchSize = 5_000;
const gapMs = 1_000;

/**
 * Makes accounts with so many tasks each, in one database, as they are in the product: what is compared is the size of the
 * account, in a collection that is the same. The tasks go to MongoDB directly.
 */
export async function makeAccounts(stack: Stack, wanted: Wanted): Promise<Account[]> {
  const client = await new MongoClient(stack.mongodb.uri).connect();
  try {
    const collection = client.db(stack.databases.tasks).collection<StoredTask>("tasks");
    const accounts: Account[] = [];
    for (const size of wanted.sizes) accounts.push(await makeAccount(stack, collection, size, wanted));
    return accounts;
  } finally {
    await client.close();
  }
}

async function makeAccount(
  stack: Stack,
  collection: Collection<StoredTask>,
  size: number,
  { signal, say }: Omit<Wanted, "sizes">,
): Promise<Account> {
  const username = `p${randomUUID().slice(0, 12)}`;
  const person = await Person.register(stack.router.url, username, password);
  const { id, token } = person;
  const { taskLists } = await person.get<{ taskLists: { id: string }[] }>("{ taskLists { id } }");
  const listId = taskLists[0]?.id ?? "";
  const list = new Types.ObjectId(listId);
  const oldestMs = Date.now() - size * gapMs;
  const everyNth = Math.max(1, Math.floor(size / placeCount));
  const places: Place[] = [];
  for (let index = 0; index < size; index += batchSize) {
    signal.throwIfAborted();
    const length = Math.min(batchSize, size - index);
    const batch = Array.from({ length }, (_, n) => syntheticTask(id, list, index + n, oldestMs + (index + n) * gapMs));
    await collection.insertMany(batch, { ordered: false });
    places.push(...batch.filter((_, n) => (index + n) % everyNth === 0).map(placeOf));
    if ((index + length) % 100_000 === 0) say(`${index + length} of ${size} tasks`);
  }
  return { size, username, password, token, listId, places };
}

function placeOf({ _id, createdAt }: StoredTask): Place {
  const id = _id.toHexString();
  return { id, cursor: Buffer.from(JSON.stringify(["CREATED_AT", createdAt.getTime(), id])).toString("base64url") };
}
