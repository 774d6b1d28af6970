import { fileURLToPath } from "node:url";
import { runProgram } from "../process/run-program.ts";
import { cachedBinary, installBinary } from "./binary-cache.ts";
import { checkMongod } from "./mongod-binary.ts";
import type { BinaryProvider, ProviderContext } from "./providers.ts";

const version = "8.2.6";
const cacheName = `mongod-download-${version}`;
const timeoutMs = 1_800_000;

/** MongoDB's own build for this system, by mongodb-memory-server's download, whose MONGOMS_* settings count. */
export const downloadProvider: BinaryProvider = {
  name: "download",
  async cached({ settings }) {
    const path = await cachedBinary(settings.cacheDir, cacheName);
    return path === undefined ? undefined : checkMongod(path);
  },
  async obtain(context) {
    context.progress(`downloading MongoDB ${version}`);
    const path = await installBinary(context.settings.cacheDir, cacheName, async (folder) => {
      const binary = await download(folder, context);
      await checkMongod(binary);
      return binary;
    });
    return checkMongod(path);
  },
};

async function download(folder: string, { settings, progress, signal }: ProviderContext): Promise<string> {
  const script = fileURLToPath(new URL("download-process.ts", import.meta.url));
  let path = "";
  await runProgram(process.execPath, [script, folder, version], {
    timeoutMs,
    signal,
    env: {
      // One retry: with no network the next provider should have its turn soon.
      MONGOMS_MAX_RETRIES: "2",
      ...settings.env,
      MONGOMS_DOWNLOAD_DIR: folder,
      // Without this the library does not verify the server's certificate.
      npm_config_strict_ssl: "true",
    },
    onLine(line) {
      const message = JSON.parse(line) as { path: string } | { current: number; length: number };
      if ("path" in message) path = message.path;
      else progress(`downloading MongoDB ${version}: ${percent(message)} of ${megabytes(message.length)}`);
    },
  });
  return path;
}

const percent = ({ current, length }: { current: number; length: number }) =>
  length > 0 ? `${Math.floor((100 * current) / length)} %` : megabytes(current);

const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;
