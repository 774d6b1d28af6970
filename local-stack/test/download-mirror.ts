import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { symlink } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { temporaryFolder } from "./temporary-folder.ts";

export type Misbehaviour = "not-found" | "cut-off" | "wrong-checksum";

export interface DownloadMirror extends AsyncDisposable {
  /** The environment that makes mongodb-memory-server download from here. */
  env: NodeJS.ProcessEnv;
  /** Archives handed out so far. */
  readonly downloads: number;
}

/** Serves an archive as MongoDB's download site does, with this mongod in it, whatever the system's name for it is. */
export async function downloadMirror(archive: Buffer, misbehaviour?: Misbehaviour): Promise<DownloadMirror> {
  let downloads = 0;
  const answerArchive = (response: ServerResponse) => {
    downloads++;
    response.writeHead(200, { "content-length": archive.length });
    if (misbehaviour !== "cut-off") return response.end(archive);
    response.write(archive.subarray(0, archive.length / 2), () => response.destroy());
  };
  const checksum = createHash("md5")
    .update(misbehaviour === "wrong-checksum" ? "" : archive)
    .digest("hex");
  const server = createServer((request, response) => {
    if (misbehaviour === "not-found") response.writeHead(404).end();
    else if (request.url?.endsWith(".md5"))
      response.writeHead(200, { "content-length": checksum.length }).end(checksum);
    else answerArchive(response);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  return {
    env: mirrorEnv(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    get downloads() {
      return downloads;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Downloads from `url`, tried once. */
export const mirrorEnv = (url: string): NodeJS.ProcessEnv => ({
  MONGOMS_DOWNLOAD_MIRROR: url,
  MONGOMS_USE_HTTP: "true",
  MONGOMS_MAX_RETRIES: "1",
});

/** `mongodb-…/bin/mongod` as a .tgz; not compressed, as that would take most of the test's time. */
export async function mongodArchive(mongod: string): Promise<Buffer> {
  await using folder = await temporaryFolder();
  await symlink(mongod, join(folder.path, "mongod"));
  const args = ["-chf", "-", "--transform", "s,^,mongodb-linux/bin/,", "-C", folder.path, "mongod"];
  const { stdout } = await promisify(execFile)("tar", args, { encoding: "buffer", maxBuffer: 1024 ** 3 });
  return gzipSync(stdout, { level: 0 });
}
