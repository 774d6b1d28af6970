import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { StartError } from "./settings.ts";

export interface SecretFileOptions {
  /** The setting that names the file, for messages. */
  readonly setting: string;
  readonly file: string;
  /** Makes the content of a file that does not exist; without it, such a file is refused. */
  readonly generate?: (() => Promise<string>) | undefined;
}

/** Reads a file that only its owner may read. Throws a `StartError` when there is none, or others may read it too. */
export async function readSecretFile({ setting, file, generate }: SecretFileOptions): Promise<string> {
  const content = (await readIfExists(setting, file)) ?? (generate && (await createFile(setting, file, generate)));
  if (content === undefined)
    throw new StartError(`${setting}: ${file} does not exist; in production it is not made on the way.`);
  await refuseOtherReaders(setting, file);
  return content;
}

async function readIfExists(setting: string, file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new StartError(`${setting} can't be read: ${message}.`);
  }
}

/** A group may read what root has mounted for it, as Kubernetes does with a Secret and `fsGroup`; nobody else may. */
async function refuseOtherReaders(setting: string, file: string): Promise<void> {
  if (process.platform === "win32") return;
  const { mode, uid } = await stat(file);
  const isMounted = uid === 0 && process.getuid?.() !== 0;
  const forbidden = mode & (isMounted ? 0o027 : 0o077);
  if (forbidden !== 0) throw new StartError(`${setting}: others may read or change ${file}; run chmod 600 ${file}.`);
}

/**
 * Makes the file and returns what it holds. The whole file appears at once, and never in place of another: of two
 * processes that start together, both end up with the content of the one that was first.
 */
async function createFile(setting: string, file: string, generate: () => Promise<string>): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeDurably(draft, await generate());
    await link(draft, file).catch(unlessItExists);
    return await readFile(file, "utf8");
  } catch (error) {
    throw new StartError(`${setting} can't be made: ${(error as Error).message}.`);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Writes a new file that only its owner may read, down to the disk. Throws when there is one of this name. */
export async function writeDurably(file: string, content: string): Promise<void> {
  await using handle = await open(file, "wx", 0o600);
  await handle.writeFile(content);
  await handle.sync();
}

function unlessItExists(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
