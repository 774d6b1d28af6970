import { join } from "node:path";
import { mongo } from "mongoose";
import type { Log } from "../log.ts";
import { StartError } from "../settings.ts";
import { type BackedUpCollection, backupsIn, collectionFile, readManifest, titleOf } from "./backup-folder.ts";
import type { RestoreSettings } from "./backup-settings.ts";
import { type Digest, Digester, readDocuments } from "./documents.ts";
import { collectionsOf, connect, documentsOf } from "./read-collection.ts";

type MongoClient = mongo.MongoClient;

/**
 * Puts a backup into an empty MongoDB, and compares what is stored then with what was, byte by byte. Nothing is written before
 * the whole backup has been read and found undamaged. Indexes are the migrations' to make. Returns the backup's name. Throws a
 * `StartError` when MongoDB is not empty, the backup is damaged, or what is stored is not what was.
 */
export async function restoreBackup(settings: RestoreSettings, log: Log): Promise<string> {
  const { BACKUP_DIR: dir, RESTORE_WITHOUT: without } = settings;
  const name = settings.RESTORE_FROM ?? (await backupsIn(dir))[0];
  if (name === undefined) throw new StartError(`There is no backup in ${dir}.`);
  const folder = join(dir, name);
  const { collections, takenAt } = await readManifest(folder);
  const unknown = without.filter((one) => !collections.some((collection) => titleOf(collection) === one));
  if (unknown.length > 0) throw new StartError(`RESTORE_WITHOUT: ${name} holds no ${unknown.join(" and no ")}.`);
  const wanted = collections.filter((collection) => !without.includes(titleOf(collection)));
  await using client = await connect(settings.MONGODB_BACKUP_URI);
  await requireEmpty(client, collections);
  for (const collection of wanted) await requireUndamaged(folder, collection);
  for (const collection of wanted) {
    await insert(client, folder, collection);
    await requireSame(client, collection);
    log.info({ collection: titleOf(collection), documents: collection.documents }, "restored");
  }
  log.info({ name, takenAt, without }, "all is as it was");
  return name;
}

/** What is restored beside other documents would be neither the one state nor the other. */
async function requireEmpty(client: MongoClient, collections: readonly BackedUpCollection[]): Promise<void> {
  for (const database of new Set(collections.map((collection) => collection.database)))
    for (const collection of await collectionsOf(client.db(database)))
      if (await collection.findOne({}, { projection: { _id: 1 } }))
        throw new StartError(
          `${database}.${collection.collectionName} holds documents: restore into an empty MongoDB.`,
        );
}

async function requireUndamaged(folder: string, collection: BackedUpCollection): Promise<void> {
  const file = collectionFile(folder, collection);
  try {
    requireDigest(await digestOf(readDocuments(file)), collection);
  } catch (error) {
    throw new StartError(`${file} is damaged, and nothing was restored: ${(error as Error).message}.`);
  }
}

// As they are: without this a number that was stored as one kind would be stored as another.
const asStored = { promoteValues: false, bsonRegExp: true } as const;

async function insert(client: MongoClient, folder: string, place: BackedUpCollection): Promise<void> {
  const collection = client.db(place.database).collection(place.name, { writeConcern: { w: "majority" } });
  for await (const documents of readDocuments(collectionFile(folder, place)))
    await collection.insertMany(documents.map((document) => mongo.BSON.deserialize(document, asStored)));
}

async function requireSame(client: MongoClient, place: BackedUpCollection): Promise<void> {
  try {
    requireDigest(await digestOf(documentsOf(client.db(place.database).collection(place.name))), place);
  } catch (error) {
    throw new StartError(`${titleOf(place)} is not what it was: ${(error as Error).message}.`);
  }
}

async function digestOf(batches: AsyncIterable<readonly Uint8Array[]>): Promise<Digest> {
  const digester = new Digester();
  for await (const documents of batches) digester.add(documents);
  return digester.digest();
}

function requireDigest(found: Digest, { documents, bytes, sha256 }: Digest): void {
  if (found.documents !== documents) throw new Error(`there are ${found.documents} documents, not ${documents}`);
  if (found.bytes !== bytes || found.sha256 !== sha256) throw new Error("there are other documents");
}
