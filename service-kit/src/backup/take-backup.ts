import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { type ClientSession, mongo } from "mongoose";
import type { Log } from "../log.ts";
import { StartError } from "../settings.ts";
import { type BackedUpCollection, beginBackup, collectionFile, deleteOld, titleOf } from "./backup-folder.ts";
import type { BackupSettings } from "./backup-settings.ts";
import { writeDocuments } from "./documents.ts";
import { collectionsOf, connect, documentsOf } from "./read-collection.ts";

const snapshotTooOld = 239;

/**
 * Writes down all documents of the databases as they were at one moment, whatever is written meanwhile, into a new folder of
 * BACKUP_DIR, and deletes the oldest backups. Returns the new one's name. Throws a `StartError` when there is nothing to back
 * up, or when MongoDB forgets the moment before all is read; then no backup is left, and the older ones stay.
 */
export async function takeBackup(settings: BackupSettings, log: Log): Promise<string> {
  const { BACKUP_DIR: dir, BACKUP_DATABASES: databases, BACKUP_KEEP: keep } = settings;
  const startedAt = performance.now();
  await using client = await connect(settings.MONGODB_BACKUP_URI);
  const found = await Promise.all(databases.map((name) => collectionsOf(client.db(name))));
  const [first, ...others] = found.flat();
  if (first === undefined) throw new StartError(`There is nothing to back up in ${databases.join(" and ")}.`);
  const draft = await beginBackup(dir);
  try {
    await using session = client.startSession({ snapshot: true });
    const moment = await momentOf(client, session, first);
    const collections: BackedUpCollection[] = [];
    for (const one of [first, ...others]) collections.push(await backUp(one, session, draft.folder, log));
    // The next thing would be that it takes the place of one that holds something.
    if (collections.every(({ documents }) => documents === 0)) throw new StartError("No collection holds anything.");
    const takenAt = new Date(moment.t * 1_000).toISOString();
    const { version } = await client.db("admin").command({ buildInfo: 1 });
    const content = { format: 1, takenAt, moment: { t: moment.t, i: moment.i }, version, collections } as const;
    const name = await draft.complete(content);
    const ms = Math.round(performance.now() - startedAt);
    log.info({ name, takenAt, ms, deleted: await deleteOld(dir, keep) }, "backed up");
    return name;
  } catch (error) {
    await draft.abandon();
    throw explained(error);
  }
}

/** The moment that a session is to read at: that of its first read, which a majority of the members holds. */
async function momentOf(
  client: mongo.MongoClient,
  session: ClientSession,
  { dbName, collectionName }: mongo.Collection,
) {
  const { cursor } = await client
    .db(dbName)
    .command({ find: collectionName, limit: 1, singleBatch: true }, { session });
  return cursor.atClusterTime as mongo.Timestamp;
}

async function backUp(
  collection: mongo.Collection,
  session: ClientSession,
  folder: string,
  log: Log,
): Promise<BackedUpCollection> {
  const place = { database: collection.dbName, name: collection.collectionName };
  const file = collectionFile(folder, place);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const digest = await writeDocuments(file, documentsOf(collection, session));
  log.info({ collection: titleOf(place), documents: digest.documents, bytes: digest.bytes }, "read");
  return { ...place, ...digest };
}

function explained(error: unknown): unknown {
  if (!(error instanceof mongo.MongoServerError) || error.code !== snapshotTooOld) return error;
  return new StartError(
    "MongoDB keeps its past for too short a time: set minSnapshotHistoryWindowInSeconds to longer than a backup takes.",
  );
}
