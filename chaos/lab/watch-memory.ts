import { setTimeout as delay } from "node:timers/promises";
import { residentBytes } from "@tareas/local-stack/process/process-table";
import { serviceNames } from "@tareas/local-stack/services";
import type { Lab } from "./lab.ts";
import { type MemorySample, memoryEveryMs } from "./run-record.ts";

/** Tells every five seconds how much memory each server takes, until `signal`, without asking the server. */
export async function watchMemory(
  { stack }: Pick<Lab, "stack">,
  onSample: (sample: MemorySample) => void,
  signal: AbortSignal,
): Promise<void> {
  const servers = serviceNames.flatMap((name) => stack.processes[name]);
  while (!signal.aborted) {
    for (const { name, pid } of servers) {
      const bytes = pid === undefined ? undefined : await residentBytes(pid);
      if (bytes !== undefined) onSample({ at: performance.now(), part: name, bytes });
    }
    await delay(memoryEveryMs, undefined, { signal }).catch(() => {});
  }
}
