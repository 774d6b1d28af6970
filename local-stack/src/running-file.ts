import { rmSync, writeFileSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { processEntry } from "./process/process-table.ts";
import { oneLine, StartFailure } from "./start-failure.ts";

export interface RunningFile extends AsyncDisposable {
  /** Whether an earlier run left the file behind: it was killed, and its processes may be ending just now. */
  readonly wasLeftBehind: boolean;
  /** Adds the id of a process of ours, for whoever looks for it. */
  note(name: string, pid: number): void;
}

interface Running {
  pid: number;
  url: string;
  /** By name: "tasks", "mongod". */
  processes: Record<string, number>;
}

/**
 * Claims a data folder for this process by the file `path`, which holds our process id and address.
 * Throws a StartFailure when another process that is alive has it.
 */
export async function claimRunningFile(path: string, url: string): Promise<RunningFile> {
  await mkdir(dirname(path), { recursive: true }).catch((error) => {
    throw new StartFailure(
      `the data folder ${dirname(path)} cannot be made (${oneLine(error)}): set DATA_DIR to another`,
    );
  });
  const other = await readRunning(path);
  if (other && (await isOurs(other.pid)))
    throw new StartFailure(
      `Tareas is already running from ${dirname(path)} (process ${other.pid}): ` +
        `open ${other.url}/, or stop it first with Ctrl-C in its terminal or \`kill ${other.pid}\``,
    );
  return ownFile(path, { pid: process.pid, url, processes: {} }, other !== undefined);
}

const textOf = (running: Running) => `${JSON.stringify(running)}\n`;

function ownFile(path: string, running: Running, wasLeftBehind: boolean): RunningFile {
  try {
    // Of two that start at the same moment, one makes the file.
    if (wasLeftBehind) rmSync(path, { force: true });
    writeFileSync(path, textOf(running), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST")
      throw new StartFailure(`Tareas is being started from ${dirname(path)} by another process just now`);
    throw new StartFailure(`the data folder ${dirname(path)} cannot be written to (${oneLine(error)})`);
  }
  return {
    wasLeftBehind,
    note(name, pid) {
      running.processes[name] = pid;
      writeFileSync(path, textOf(running));
    },
    [Symbol.asyncDispose]: () => rm(path, { force: true }),
  };
}

async function readRunning(path: string): Promise<Running | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Running;
  } catch {
    return undefined; // Not there, or cut off by a crash: either way nobody's.
  }
}

/** Whether this process is alive and one like us; ids are given again after a restart of the machine. */
async function isOurs(pid: number): Promise<boolean> {
  const entry = pid === process.pid ? undefined : await processEntry(pid);
  return entry?.commandLine.includes("local-stack/src/start.ts") ?? false;
}
