import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runProgram } from "@tareas/local-stack/process/run-program";
import { repositoryRoot } from "@tareas/local-stack/services";
import { containersOf, parseManifests } from "../k8s/support/manifests.ts";

const containers = containersOf(parseManifests(readFileSync(join(repositoryRoot, "k8s/base/backup.yaml"), "utf8")));
const timeoutMs = 90_000;

/**
 * Runs what a job of k8s/base/backup.yaml runs, with the settings that it has there but for those given here. Rejects with the
 * last line that it said when it fails.
 */
export async function runJob(name: "backup" | "restore", env: Readonly<Record<string, string>>): Promise<void> {
  const found = containers.find(({ pod }) => pod.owner.metadata.name === name);
  const [program, ...args] = found?.container.command ?? [];
  if (program !== "node") throw new Error(`k8s/base/backup.yaml has no ${name} that Node runs`);
  const own = Object.fromEntries((found?.container.env ?? []).map((one) => [one.name, one.value]));
  await runProgram(process.execPath, args, { env: { ...process.env, ...own, ...env }, cwd: repositoryRoot, timeoutMs });
}
