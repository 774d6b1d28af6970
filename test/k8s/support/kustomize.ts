import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findKustomize } from "../../../scripts/find-kustomize.ts";

const run = promisify(execFile);

/** Renders a folder with a kustomization, in YAML. */
export type Kustomize = (folder: string) => Promise<string>;

/** Throws where no kustomize can be had. */
export async function openKustomize(): Promise<Kustomize> {
  const command = await findKustomize((text) => console.log(`manifests: ${text}`));
  if (command === undefined) throw new Error("The manifests can't be rendered: install kustomize 5, kubectl or Go.");
  const [program, verb] = command;
  return async (folder) => (await run(program, [verb, folder], { maxBuffer: 1e8 })).stdout;
}
