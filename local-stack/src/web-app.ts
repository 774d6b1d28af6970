import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { inheritedEnv } from "./config.ts";
import { runProgram } from "./process/run-program.ts";
import { repositoryRoot } from "./services.ts";
import { oneLine, StartFailure } from "./start-failure.ts";

const client = join(repositoryRoot, "client");
const dist = join(client, "dist");
const stampFile = join(dist, ".sources");
const vite = join(repositoryRoot, "node_modules", "vite", "bin", "vite.js");
const sources = ["src", "public", "build", "index.html", "vite.config.ts", "package.json", "../package-lock.json"];
const timeoutMs = 300_000;

interface BuildOptions {
  /** Called when there is something to build. */
  readonly onBegin?: () => void;
  readonly signal?: AbortSignal;
}

/**
 * Builds the web app into `client/dist`, unless what is there was built from these very sources. Returns whether it did.
 * Throws a StartFailure with the builder's last line.
 */
export async function buildWebApp({ onBegin, signal }: BuildOptions = {}): Promise<boolean> {
  const wanted = await hashOfSources();
  const built = await readFile(stampFile, "utf8").catch(() => undefined);
  if (built === wanted) return false;
  onBegin?.();
  try {
    const env = { ...inheritedEnv(), NODE_ENV: "production" };
    await runProgram(process.execPath, [vite, "build", "--logLevel", "error"], { cwd: client, env, timeoutMs, signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw new StartFailure(`the web app could not be built: ${oneLine(error)}`);
  }
  await writeFile(stampFile, wanted);
  return true;
}

async function hashOfSources(): Promise<string> {
  const hash = createHash("sha256");
  const files = await Promise.all(sources.map((source) => filesIn(join(client, source))));
  for (const file of files.flat().toSorted()) hash.update(`${relative(client, file)}\n`).update(await readFile(file));
  return hash.digest("hex");
}

/** All files below a folder, or the file itself. */
async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch((error) => {
    if (error.code === "ENOTDIR") return undefined;
    throw error;
  });
  return entries?.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)) ?? [path];
}
