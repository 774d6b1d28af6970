import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isPortFree, type PortBlock, reservePorts } from "../src/ports.ts";
import { answersOk } from "../src/process/http-ready.ts";
import { signalGroup } from "../src/process/signal-group.ts";
import { type ProcessSpec, SupervisedProcess } from "../src/process/supervised-process.ts";
import type { StackEvent } from "../src/stack-events.ts";
import { waitUntil } from "../src/wait-until.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

async function smallServer(ports: PortBlock, options: Partial<ProcessSpec> = {}, ...flags: string[]) {
  const port = await ports.next();
  return new SupervisedProcess({
    name: "small",
    command: process.execPath,
    args: [fixture("small-server.ts"), "--port", String(port), ...flags],
    isReady: () => answersOk(`http://127.0.0.1:${port}/`),
    ...options,
  });
}

test("a process that dies is started again, after a delay that grows", async () => {
  await using ports = await reservePorts();
  const events: StackEvent[] = [];
  await using server = await smallServer(ports, { onEvent: (event) => events.push(event) });
  await server.start();
  await server.ready();
  for (const restarts of [1, 2]) {
    const { pid } = server;
    await server.kill();
    expect(server.pid).toBeUndefined();
    await server.ready();
    expect(server.pid).not.toBe(pid);
    expect(server.restarts).toBe(restarts);
  }
  const delays = events.flatMap((event) => (event.type === "process-died" ? [event.restartInMs] : []));
  expect(delays).toEqual([200, 400]);
  expect(events.at(-1)).toMatchObject({ type: "process-ready", restarted: true });
});

test("a process that refuses to start is not started again, and its own line is the error", async () => {
  await using ports = await reservePorts();
  await using server = await smallServer(ports, {}, "--refuse", "PORT must be a number");
  await server.start();
  await expect(server.ready()).rejects.toThrow("small: PORT must be a number");
  expect(server.restarts).toBe(0);
});

test("a program that is not there is an error of the start", async () => {
  await using server = new SupervisedProcess({
    name: "none",
    command: "/no/such",
    args: [],
    isReady: async () => false,
  });
  await server.start();
  await expect(server.ready()).rejects.toThrow("none ended with spawn /no/such ENOENT");
});

test("a stopped process got SIGTERM, stays stopped, and can be started again", async () => {
  await using folder = await temporaryFolder();
  await using ports = await reservePorts();
  const logFile = join(folder.path, "logs", "small.log");
  await using server = await smallServer(ports, { logFile });
  await server.start();
  await server.ready();
  await server.stop();
  expect(server.pid).toBeUndefined();
  await expect(server.ready()).rejects.toThrow("small is stopped");
  await server.start();
  await server.ready();
  expect(server.logs).toEqual(["listening", "SIGTERM", "listening"]);
  expect(server.restarts).toBe(0);
  await server[Symbol.asyncDispose]();
  expect(await readFile(logFile, "utf8")).toBe("listening\nSIGTERM\nlistening\nSIGTERM\n");
});

test("a paused process hangs, goes on when resumed, and can be stopped while it is paused", async () => {
  await using ports = await reservePorts();
  await using server = await smallServer(ports);
  await server.start();
  await server.ready();
  server.pause();
  await expect(server.ready(300)).rejects.toThrow("timed out");
  server.resume();
  await server.ready();
  server.pause();
  await server.stop();
  expect(server.logs.at(-1)).toBe("SIGTERM");
});

test("a process that ignores SIGTERM is killed after the grace", async () => {
  await using ports = await reservePorts();
  await using server = await smallServer(ports, { stopGraceMs: 200 }, "--ignore-sigterm");
  await server.start();
  await server.ready();
  await server.stop();
  expect(server.logs.at(-1)).toBe("SIGTERM");
  expect(server.pid).toBeUndefined();
});

test("what a killed supervisor had started is ended for it, even what hangs", async () => {
  const supervisor = spawn(process.execPath, [fixture("supervisor-to-kill.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: supervisor.stdout }), "line");
  const { pid, port } = JSON.parse(line) as { pid: number; port: number };
  expect(signalGroup(pid, 0)).toBe(true);
  supervisor.kill("SIGKILL");
  await waitUntil(() => !signalGroup(pid, 0), { timeoutMs: 10_000, what: "mongod to be gone" });
  expect(await isPortFree(port)).toBe(true);
});
