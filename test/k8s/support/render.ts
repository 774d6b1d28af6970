import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { findKustomize } from "../../../scripts/find-kustomize.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../../..");
const folders = {
  dev: "k8s/overlays/dev",
  production: "k8s/overlays/production",
  chaosMesh: "k8s/chaos-mesh",
} as const;

/** What each kustomization makes, in YAML. */
export type Rendered = Readonly<Record<keyof typeof folders, string>>;

declare module "vitest" {
  interface ProvidedContext {
    rendered: Rendered;
  }
}

/** Once before all tests of the manifests. */
export default async function renderAll({ provide }: TestProject): Promise<void> {
  const command = await findKustomize((text) => console.log(`manifests: ${text}`));
  if (command === undefined) throw new Error("The manifests can't be rendered: install kustomize 5, kubectl or Go.");
  const [program, verb] = command;
  const all = Object.entries(folders).map(async ([name, folder]) => {
    const { stdout } = await run(program, [verb, folder], { cwd: root, maxBuffer: 1e8 });
    return [name, stdout] as const;
  });
  provide("rendered", Object.fromEntries(await Promise.all(all)) as Rendered);
}
