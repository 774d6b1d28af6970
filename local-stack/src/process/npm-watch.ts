import { processEntry } from "./process-table.ts";

const checkEveryMs = 500;

/**
 * Calls `onGone` when the npm that runs us has ended: a `kill` of npm reaches neither its shell nor us.
 * Does nothing when no npm runs us.
 */
export async function watchNpm(onGone: () => void): Promise<void> {
  const npm = await npmPid();
  if (npm === undefined) return;
  const timer = setInterval(() => {
    if (isAlive(npm)) return;
    clearInterval(timer);
    onGone();
  }, checkEveryMs);
  timer.unref();
}

/** npm is our parent or, when its shell stays in between, our parent's. */
async function npmPid(): Promise<number | undefined> {
  const parent = await processEntry(process.ppid);
  if (parent && isNpm(parent.commandLine)) return process.ppid;
  const grandparent = parent && (await processEntry(parent.parentPid));
  return grandparent && isNpm(grandparent.commandLine) ? parent.parentPid : undefined;
}

const isNpm = (commandLine: string) => /(^|[/\s])npm(-cli\.js)?(\s|$)/.test(commandLine);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
