import { execFile } from "node:child_process";
import os from "node:os";
import { promisify } from "node:util";
import { readMongodSettings } from "@tareas/local-stack/config";
import { findMongod } from "@tareas/local-stack/mongodb/find-mongod";
import { repositoryRoot } from "@tareas/local-stack/services";

/** On what it was run: figures are only worth as much as one knows of this. */
export interface Computer {
  readonly cpus: number;
  readonly cpuModel: string;
  readonly memoryBytes: number;
  /** "linux x64". */
  readonly system: string;
  readonly nodeVersion: string;
  /** Of the last minute before the first run: well above 0 when others use the machine. 0 on Windows. */
  readonly loadAverage: number;
}

export interface Machine extends Computer {
  readonly mongodVersion: string;
}

export function describeComputer(): Computer {
  const cpus = os.cpus();
  return {
    cpus: os.availableParallelism(),
    cpuModel: cpus[0]?.model.trim() ?? "unknown",
    memoryBytes: os.totalmem(),
    system: `${process.platform} ${process.arch}`,
    nodeVersion: process.versions.node,
    loadAverage: os.loadavg()[0] ?? 0,
  };
}

/** Finds a mongod too, and fetches one where there is none. Throws a StartFailure when none can be had. */
export async function describeMachine(): Promise<Machine> {
  const { provider, ...settings } = readMongodSettings();
  // The lab has a replica set of its own, as startStack starts it: never one that is given by its URI.
  const own = { ...settings, uri: undefined, provider: provider === "uri" ? undefined : provider };
  const { version } = await findMongod(own, {});
  return { ...describeComputer(), mongodVersion: version };
}

const git = async (...args: string[]) =>
  (await promisify(execFile)("git", args, { cwd: repositoryRoot })).stdout.trim();

/** Which product it is. Changes of files that git ignores are none. */
export async function describeCommit(): Promise<{ readonly commit: string; readonly hasLocalChanges: boolean }> {
  try {
    const commit = await git("rev-parse", "HEAD");
    return { commit, hasLocalChanges: (await git("status", "--porcelain")) !== "" };
  } catch {
    return { commit: "unknown", hasLocalChanges: true };
  }
}
