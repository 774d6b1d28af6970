import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { readCacheDir } from "@tareas/local-stack/config";
import { cachedBinary, installBinary } from "@tareas/local-stack/mongodb/binary-cache";

const run = promisify(execFile);
const version = "v5.8.1";
const cacheName = `kustomize-${version}`;

/**
 * The command that renders a folder with a kustomization, without the folder: a kustomize 5 that is installed, one that an
 * earlier run has kept, kubectl's, or one that Go makes of its module, which takes about a minute. Undefined where none can
 * be had.
 */
export async function findKustomize(say: (text: string) => void): Promise<readonly [string, string] | undefined> {
  const cacheDir = readCacheDir();
  if ((await answerOf("kustomize", "version")).includes("v5.")) return ["kustomize", "build"];
  const kept = await cachedBinary(cacheDir, cacheName);
  if (kept) return [kept, "build"];
  if ((await answerOf("kubectl", "version", "--client")).includes("Kustomize Version: v5."))
    return ["kubectl", "kustomize"];
  if ((await answerOf("go", "version")) === "") return undefined;
  say(`making kustomize ${version} with Go, once: about a minute`);
  return [await installBinary(cacheDir, cacheName, byGo), "build"];
}

const answerOf = (command: string, ...args: string[]) =>
  run(command, args).then(
    ({ stdout }) => stdout,
    () => "",
  );

async function byGo(folder: string): Promise<string> {
  await run("go", ["install", `sigs.k8s.io/kustomize/kustomize/v5@${version}`], {
    env: { ...process.env, GOBIN: folder },
  });
  return join(folder, "kustomize");
}
