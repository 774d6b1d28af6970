import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";

/**
 * Lets a process that has just been started, and is the first of its session, yield the processor to others, from 0 to 19, as
 * in nice(1). Linux weighs sessions against each other first, and threads only within one: each has a niceness of its own
 * then. (sched(7), "The autogroup feature")
 */
export function lowerPriority(pid: number, niceness: number): void {
  setPriority(pid, niceness); // its threads will have it from its first one
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // Another system, one without this feature, or the process has ended.
  }
}
