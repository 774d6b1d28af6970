import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Viewers, viewerCount } from "./viewers.ts";
import type { Workload } from "./workloads.ts";

/** The requests of a workload, one of each viewer. */
export interface Requests {
  readonly workload: Workload;
  readonly viewers: Viewers;
  /** By the viewer's index. */
  readonly bodies: readonly string[];
  /** The file with the bodies, one on each line. */
  readonly bodiesFile: string;
}

export async function makeRequests(workload: Workload, viewers: Viewers, folder: string): Promise<Requests> {
  const bodies = Array.from({ length: viewerCount }, (_, viewer) => JSON.stringify(workload.operationOf(viewer)));
  const bodiesFile = join(folder, `${workload.name}.bodies`);
  await writeFile(bodiesFile, `${bodies.join("\n")}\n`);
  return { workload, viewers, bodies, bodiesFile };
}
