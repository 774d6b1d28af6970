import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeDurably } from "../secret-file.ts";
import { StartError } from "../settings.ts";

const collection = z.object({
  database: z.string(),
  name: z.string(),
  documents: z.number(),
  /** Of all documents, as they are stored. */
  bytes: z.number(),
  sha256: z.string(),
});

const manifest = z.object({
  format: z.literal(1),
  /** When everything was as it is kept, by MongoDB's clock; `moment` is the same as MongoDB counts it. */
  takenAt: z.string(),
  moment: z.object({ t: z.number(), i: z.number() }),
  /** Of MongoDB. */
  version: z.string(),
  collections: z.array(collection),
});

/** What one collection held. */
export type BackedUpCollection = Readonly<z.output<typeof collection>>;

/** What a backup holds, and how to tell that it is whole. */
export type BackupManifest = Readonly<z.output<typeof manifest>>;

const manifestName = "backup.json";
const isBackup = (name: string) => /^tareas-[\dTZ-]+$/.test(name);
const draftSuffix = ".part";
const brokenOffAfterMs = 24 * 3_600_000;

export const titleOf = ({ database, name }: Pick<BackedUpCollection, "database" | "name">) => `${database}.${name}`;

/** Where a backup keeps a collection: its documents in BSON, one behind the other, as `mongorestore --gzip` reads them too. */
export const collectionFile = (folder: string, { database, name }: Pick<BackedUpCollection, "database" | "name">) =>
  join(folder, database, `${name}.bson.gz`);

/** The names of the complete backups, the newest first. */
export async function backupsIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch((error) => unreadable(dir, error));
  return names.filter(isBackup).sort().reverse();
}

/** A folder to write into, which counts as no backup until `complete` has given it its name. */
export async function beginBackup(dir: string) {
  const draft = join(dir, `${randomUUID()}${draftSuffix}`);
  await mkdir(draft, { recursive: true, mode: 0o700 }).catch((error) => unreadable(dir, error));
  return {
    folder: draft,
    /** Makes it a backup, in one step, and returns the name of it. */
    async complete(content: BackupManifest): Promise<string> {
      const name = `tareas-${content.takenAt.replace(/\.\d+Z$/, "Z").replaceAll(":", "-")}`;
      await writeDurably(join(draft, manifestName), `${JSON.stringify(content, undefined, 2)}\n`);
      await rename(draft, join(dir, name));
      await using handle = await open(dir);
      await handle.sync();
      return name;
    },
    abandon: () => rm(draft, { recursive: true, force: true }),
  };
}

/** Deletes all but the newest backups, and what runs that were killed have left. Returns the names of what is gone. */
export async function deleteOld(dir: string, keep: number): Promise<string[]> {
  const old = (await backupsIn(dir)).slice(keep);
  for (const entry of await readdir(dir)) {
    if (!entry.endsWith(draftSuffix)) continue;
    const { mtimeMs } = await stat(join(dir, entry));
    if (Date.now() - mtimeMs > brokenOffAfterMs) old.push(entry);
  }
  for (const name of old) await rm(join(dir, name), { recursive: true, force: true });
  return old;
}

/** What a backup says that it holds. Throws a `StartError` when it is none. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const content = await readFile(join(folder, manifestName), "utf8").catch((error) => unreadable(folder, error));
  const result = manifest.safeParse(JSON.parse(content));
  if (!result.success) throw new StartError(`${folder} is no backup of a format that is known here.`);
  return result.data;
}

function unreadable(path: string, error: Error): never {
  throw new StartError(`${path} can't be used: ${error.message}.`);
}
