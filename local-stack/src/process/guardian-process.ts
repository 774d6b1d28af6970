/**
 * The guardian: ends what a supervisor left behind when it was killed itself and could not clean up.
 * Its standard input is a pipe from the supervisor: lines of JSON, and its end is the supervisor's death.
 */
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import type { GuardianMessage } from "./guardian.ts";
import { signalGroup } from "./signal-group.ts";

const graceMs = 5_000;
const pids = new Set<number>();
const folders = new Set<string>();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as GuardianMessage;
  if ("watch" in message) pids.add(message.watch);
  if ("forget" in message) pids.delete(message.forget);
  if ("folder" in message) folders.add(message.folder);
  if ("done" in message) process.exit(0);
}
await endEverything();

async function endEverything(): Promise<void> {
  for (const pid of pids) {
    signalGroup(pid, "SIGTERM");
    signalGroup(pid, "SIGCONT");
  }
  const deadline = performance.now() + graceMs;
  while ([...pids].some((pid) => signalGroup(pid, 0)) && performance.now() < deadline) await delay(50);
  for (const pid of pids) signalGroup(pid, "SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
