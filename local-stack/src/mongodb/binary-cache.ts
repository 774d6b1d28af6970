import { access, chmod, constants, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

const partialPrefix = "partial-";
const staleAfterMs = 24 * 3_600_000;

/** The binary that an earlier run put into the cache under this name, or undefined. */
export async function cachedBinary(cacheDir: string, name: string): Promise<string | undefined> {
  const path = join(cacheDir, name);
  return access(path, constants.X_OK).then(
    () => path,
    () => undefined,
  );
}

/**
 * Runs `fetch` in an empty folder of its own, and moves the file that it gives into the cache in one step: whatever
 * interrupts it, and whoever does the same at the same time, the cache holds the whole file or none.
 * @returns the path in the cache
 */
export async function installBinary(
  cacheDir: string,
  name: string,
  fetch: (folder: string) => Promise<string>,
): Promise<string> {
  await mkdir(cacheDir, { recursive: true });
  await deleteStalePartials(cacheDir);
  const folder = await mkdtemp(join(cacheDir, partialPrefix));
  try {
    const fetched = await fetch(folder);
    await chmod(fetched, 0o755);
    const path = join(cacheDir, name);
    await rename(fetched, path);
    return path;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What runs that were killed left behind. */
async function deleteStalePartials(cacheDir: string): Promise<void> {
  for (const entry of await readdir(cacheDir)) {
    if (!entry.startsWith(partialPrefix)) continue;
    const path = join(cacheDir, entry);
    const modifiedAt = await stat(path).then(
      (stats) => stats.mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - modifiedAt > staleAfterMs) await rm(path, { recursive: true, force: true });
  }
}
