import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openKustomize } from "./kustomize.ts";

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
  const kustomize = await openKustomize();
  const all = Object.entries(folders).map(async ([name, folder]) => [name, await kustomize(join(root, folder))]);
  provide("rendered", Object.fromEntries(await Promise.all(all)) as Rendered);
}
