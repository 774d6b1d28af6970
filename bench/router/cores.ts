import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { StartFailure } from "@tareas/local-stack/start-failure";

/** Which processors do what, as taskset(1) takes them. */
export interface Cores {
  /** Of the server that is measured: the last one. */
  readonly measured: string;
  /** Of the subgraphs and of whoever asks: all the others. */
  readonly others: string;
  /** Of a server with two workers: the last two. */
  readonly twoMeasured: string;
  /** Whether these two are the server's alone: not on a machine with less than four, where the subgraphs share one. */
  readonly areTwoFree: boolean;
}

/**
 * Divides the machine, and keeps this process and all that it will start off the measured processor.
 * Throws a StartFailure on a machine with one processor, or without taskset.
 */
export async function divideCores(): Promise<Cores> {
  const total = availableParallelism();
  if (total < 2) throw new StartFailure("two processors are needed: one for the server that is measured");
  const last = total - 1;
  const areTwoFree = total >= 4;
  const others = `0-${areTwoFree ? last - 2 : last - 1}`;
  try {
    await promisify(execFile)("taskset", ["--all-tasks", "--cpu-list", "--pid", others, String(process.pid)]);
  } catch (error) {
    throw new StartFailure(`taskset (of util-linux) is needed: ${(error as Error).message.split("\n")[0]}`);
  }
  return { measured: String(last), others, twoMeasured: `${last - 1},${last}`, areTwoFree };
}
