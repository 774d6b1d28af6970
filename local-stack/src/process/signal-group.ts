/**
 * Sends a signal to the process group that `pid` leads (0: only asks whether it is there).
 * False when no such group is left.
 */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    // EPERM on macOS: the group consists of zombies only.
    if ((error as NodeJS.ErrnoException).code === "EPERM") return false;
    throw error;
  }
}
