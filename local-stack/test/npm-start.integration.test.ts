import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ana } from "../src/demo/ana.ts";
import { fetchGraphql } from "../src/demo/graphql-request.ts";
import { logIn } from "../src/demo/sign-in.ts";
import { isPortFree, type PortBlock, reservePorts, tryListen } from "../src/ports.ts";
import { waitUntil } from "../src/wait-until.ts";
import { npmStart } from "./npm-start.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";

let ports: PortBlock;
let folder: TemporaryFolder;
let settings: Record<(typeof portNames)[number] | "DATA_DIR", string>;

const portNames = [
  "PORT",
  "USERS_PORT",
  "TASKS_PORT",
  "MONGOD_PORT",
  "METRICS_PORT",
  "USERS_METRICS_PORT",
  "TASKS_METRICS_PORT",
] as const;

beforeAll(async () => {
  ports = await reservePorts();
  folder = await temporaryFolder();
  const chosen: [string, string][] = [];
  for (const name of portNames) chosen.push([name, String(await ports.next())]);
  settings = { ...Object.fromEntries(chosen), DATA_DIR: join(folder.path, "data") } as typeof settings;
});

afterAll(async () => {
  await ports[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const taskCount = async () => {
  const url = `http://127.0.0.1:${settings.PORT}`;
  const query = `{ tasks { totalCount } }`;
  const data = await fetchGraphql<{ tasks: { totalCount: number } }>(url, { query, token: await logIn(url, ana) });
  return data.tasks.totalCount;
};

const allPortsAreFree = async () => {
  const { DATA_DIR: _, ...named } = settings;
  const free = await Promise.all(Object.values(named).map((port) => isPortFree(Number(port))));
  return free.every(Boolean);
};

const demoTasks = ana.lists.flatMap(({ tasks }) => tasks).length;

test("from an empty folder to a signed-in user, and again with the data kept", { timeout: 120_000 }, async () => {
  {
    await using first = npmStart(settings);
    await first.line(/Ctrl-C stops everything/);
    const operators = `http://127.0.0.1:${settings.METRICS_PORT}/`;
    for (const shown of [
      `http://127.0.0.1:${settings.PORT}/graphiql`,
      operators,
      "ana / tareas-de-ana",
      "alex / tasks-of-alex",
    ])
      expect(first.lines.join("\n")).toContain(shown);
    expect(await taskCount()).toBe(demoTasks);
    first.signal("SIGINT");
    await first.line(/stopping/);
    first.signal("SIGINT");
    await first.exitCode;
    expect(first.lines.at(-1)).toContain("the data stay in");
    expect(await allPortsAreFree()).toBe(true);
  }
  const startedAt = performance.now();
  await using second = npmStart(settings);
  await second.line(/ready in/);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(await taskCount()).toBe(demoTasks);
  expect(second.lines.join("\n")).not.toContain("making the demo accounts");
  second.signalNpm("SIGKILL");
  await second.exitCode;
  expect(second.lines.at(-1)).toContain("the data stay in");
  expect(await allPortsAreFree()).toBe(true);
});

test("a server that is killed comes back, while the others live on; a second start is refused", {
  timeout: 120_000,
}, async () => {
  await using running = npmStart(settings);
  await running.line(/Ctrl-C stops everything/);
  await using again = npmStart(settings);
  expect(await again.exitCode).toBe(1);
  expect(again.lines.at(-1)).toMatch(
    /Tareas is already running from .* \(process \d+\): open http:\/\/127\.0\.0\.1:\d+\/, or/,
  );

  const usersBefore = await pidOf("users");
  process.kill(await pidOf("tasks"), "SIGKILL");
  await running.line(/tasks died \(signal SIGKILL\); starting it again in 0\.2 s/);
  await running.line(/tasks is back/);
  expect(await taskCount()).toBe(demoTasks);
  expect(await pidOf("users")).toBe(usersBefore);

  // The supervisor itself, as `kill -9` would: all that it started goes with it.
  process.kill(await supervisorPid(), "SIGKILL");
  await waitUntil(allPortsAreFree, { timeoutMs: 15_000, what: "everything to be gone" });
});

test.each([
  [{ PORT: "40000000" }, /✗ the setting PORT is "40000000": it must be a port number/],
  [{ MONGOD_PROVIDER: "path", PATH: "" }, /✗ no MongoDB could be found with MONGOD_PROVIDER=path/],
  [{ DATA_DIR: "/dev/null/data" }, /✗ the data folder \/dev\/null\/data cannot be made/],
])("what cannot work ends in one line and exit code 1: %o", async (bad, line) => {
  const PATH = [join(process.execPath, ".."), "/usr/local/bin", "/usr/bin", "/bin"].join(":");
  await using start = npmStart({ ...settings, ...bad, ...("PATH" in bad && { PATH }) });
  expect(await start.exitCode).toBe(1);
  expect(start.lines.at(-1)).toMatch(line);
  expect(start.lines.join("\n")).not.toMatch(/^\s+at /m);
});

test("a port that is taken is named, with the setting that changes it", async () => {
  const taken = await tryListen(Number(settings.TASKS_PORT));
  await using start = npmStart(settings);
  expect(await start.exitCode).toBe(1);
  expect(start.lines.at(-1)).toContain(`port ${settings.TASKS_PORT} is taken by another program`);
  expect(start.lines.at(-1)).toContain("TASKS_PORT=");
  taken?.close();
});

/** As the server's own log tells it. */
async function pidOf(service: string): Promise<number> {
  const running = JSON.parse(await readFile(join(settings.DATA_DIR, "running.json"), "utf8"));
  return running.processes[service];
}

async function supervisorPid(): Promise<number> {
  return JSON.parse(await readFile(join(settings.DATA_DIR, "running.json"), "utf8")).pid;
}
