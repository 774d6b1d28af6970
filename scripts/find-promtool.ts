import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { readCacheDir } from "@tareas/local-stack/config";
import { cachedBinary, installBinary } from "@tareas/local-stack/mongodb/binary-cache";
import { aptGet } from "./apt-get.ts";

const run = promisify(execFile);
const cacheName = "promtool";

/**
 * Prometheus's promtool: PROMTOOL_PATH, the one that is installed, one that an earlier run has kept, or that of Debian's
 * package, which is taken out of it without installing a server. Undefined where none can be had.
 */
export async function findPromtool(say: (text: string) => void): Promise<string | undefined> {
  const { PROMTOOL_PATH: given } = process.env;
  if (given) return given;
  if (await works("promtool")) return "promtool";
  const cacheDir = readCacheDir();
  const kept = await cachedBinary(cacheDir, cacheName);
  if (kept) return kept;
  if (!(await works("apt-get"))) return undefined;
  say("taking promtool out of Debian's package of Prometheus");
  return installBinary(cacheDir, cacheName, fromDebian);
}

const works = (program: string) =>
  run(program, ["--version"]).then(
    () => true,
    () => false,
  );

async function fromDebian(folder: string): Promise<string> {
  const download = () => aptGet(["download", "prometheus"], folder);
  await download().catch(async () => {
    await aptGet(["update"]); // a new machine has no list of packages yet
    await download();
  });
  await run("sh", ["-c", "dpkg-deb --extract prometheus_*.deb ."], { cwd: folder });
  return join(folder, "usr/bin/promtool");
}
