import { readdir, readFile } from "node:fs/promises";
import { residentBytes } from "@tareas/local-stack/process/process-table";

/** Of proc(5), whatever the kernel's own clock does. */
const ticksPerSecond = 100;

interface Stat {
  readonly pid: number;
  readonly parentPid: number;
  readonly seconds: number;
}

/** What a server and all processes that it has started have used of processors so far, by the kernel's accounting. */
export async function processorSeconds(pid: number): Promise<number> {
  return (await family(pid)).reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The memory that they hold (resident sets). */
export async function memoryBytes(pid: number): Promise<number> {
  const sizes = await Promise.all((await family(pid)).map((one) => residentBytes(one.pid)));
  return sizes.reduce<number>((sum, size = 0) => sum + size, 0);
}

async function family(pid: number): Promise<Stat[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const all = (await Promise.all(pids.map(readStat))).filter((stat) => stat !== undefined);
  const members = all.filter((stat) => stat.pid === pid);
  for (const member of members) members.push(...all.filter(({ parentPid }) => parentPid === member.pid));
  return members;
}

async function readStat(pid: string): Promise<Stat | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field, the name in brackets, may hold anything: count from its end. (utime and stime are fields 14 and 15)
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return {
      pid: Number(pid),
      parentPid: Number(fields[1]),
      seconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    };
  } catch {
    return undefined; // It has ended meanwhile.
  }
}
