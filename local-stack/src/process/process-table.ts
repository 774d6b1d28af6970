import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

export interface ProcessEntry {
  parentPid: number;
  commandLine: string;
}

/** What the system knows of a process; undefined when there is none. Reads /proc on Linux, where slim systems lack `ps`. */
export async function processEntry(pid: number): Promise<ProcessEntry | undefined> {
  try {
    return process.platform === "linux" ? await fromProc(pid) : await fromPs(pid);
  } catch {
    return undefined;
  }
}

async function fromProc(pid: number): Promise<ProcessEntry> {
  const [stat, commandLine] = await Promise.all([
    readFile(`/proc/${pid}/stat`, "utf8"),
    readFile(`/proc/${pid}/cmdline`, "utf8"),
  ]);
  // The second field, the name in brackets, may hold anything: count from its end.
  const [, parentPid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { parentPid: Number(parentPid), commandLine: commandLine.replaceAll("\0", " ").trim() };
}

async function fromPs(pid: number): Promise<ProcessEntry> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "ppid=,command=", "-p", String(pid)]);
  const [, parentPid, commandLine = ""] = /^\s*(\d+)\s+(.*)$/m.exec(stdout) ?? [];
  return { parentPid: Number(parentPid), commandLine };
}

const pageBytes = 4_096;

/** How much memory a process holds (its resident set), in bytes; undefined when there is none. It does not hear of it. */
export async function residentBytes(pid: number): Promise<number | undefined> {
  try {
    if (process.platform === "linux")
      return Number((await readFile(`/proc/${pid}/statm`, "utf8")).split(" ")[1]) * pageBytes;
    const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
    return Number(stdout) * 1_024;
  } catch {
    return undefined;
  }
}
