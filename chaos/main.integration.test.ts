import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterEach, expect, test } from "vitest";

const started: ChildProcess[] = [];
afterEach(() => {
  for (const { pid } of started.splice(0)) if (pid !== undefined && isAlive(pid)) process.kill(pid, "SIGKILL");
});

function chaos(...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), ...args]);
  started.push(child);
  const said = { out: "", err: "" };
  child.stdout.on("data", (data) => {
    said.out += data;
  });
  child.stderr.on("data", (data) => {
    said.err += data;
  });
  return { child, said, ended: once(child, "close").then(([code]) => code as number | null) };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function childrenOf(parent: number | undefined): Promise<number[]> {
  const ps = spawn("ps", ["-axo", "pid=,ppid="]);
  let table = "";
  ps.stdout.on("data", (data) => {
    table += data;
  });
  await once(ps, "close");
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return rows.filter(([, ppid]) => ppid === parent).map(([pid]) => pid as number);
}

test("--list names the experiments", async () => {
  const { said, ended } = chaos("--list");
  expect(await ended).toBe(0);
  expect(said.out).toMatch(/^users-down {2,}The users subgraph is down$/m);
});

test.each([
  ["--only", "nobody"],
  ["--nothing", "1"],
])("%s %s is refused in one line on stderr", async (...args) => {
  const { said, ended } = chaos(...args);
  expect(await ended).toBe(2);
  expect(said.out).toBe("");
  expect(said.err).toMatch(/^[^\n]+\n$/);
});

test("an interrupted run exits with 130, and leaves nothing running", { timeout: 120_000 }, async () => {
  const { child, said, ended } = chaos("--only", "users-down", "--seed", "7");
  const everything = 10; // three members of MongoDB, two of each server, and what guards them
  const children = await waitUntil(
    async () => {
      const found = await childrenOf(child.pid);
      return found.length >= everything && found;
    },
    { timeoutMs: 90_000, what: "all parts to be started" },
  );
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(children.filter(isAlive)).toEqual([]);
  expect(said).toEqual({ out: "Chaos, seed 7\n  ✗ stopped before the end of the first run\n", err: "" });
});
