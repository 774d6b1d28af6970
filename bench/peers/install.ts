import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "@tareas/local-stack/process/run-program";

// The servers that are compared with ours are packages of their own, with a lock file of their own: hundreds of megabytes that
// nothing but the benchmarks needs. So they are no workspace, and installed when a benchmark runs.

export const peersFolder = import.meta.dirname;
const stampFile = join(peersFolder, "node_modules", ".installed");
const timeoutMs = 600_000;

/** Installs what the lock file says, unless that is there. Throws with npm's reason. */
export async function installPeers(): Promise<void> {
  const stamp = createHash("sha256")
    .update(await readFile(join(peersFolder, "package-lock.json")))
    .digest("hex");
  if ((await readFile(stampFile, "utf8").catch(() => "")) === stamp) return;
  console.log("installing the servers to compare with (bench/peers) …");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await runProgram("npm", args, { env: process.env, cwd: peersFolder, timeoutMs });
  await writeFile(stampFile, stamp);
}

/** The version of a package of theirs. */
export function peerVersion(name: string): string {
  const { dependencies } = JSON.parse(readFileSync(join(peersFolder, "package.json"), "utf8"));
  return dependencies[name] ?? "?";
}
