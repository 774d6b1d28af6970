import { resolve } from "node:path";
import { repositoryRoot } from "@tareas/local-stack/services";

export interface ClusterSettings {
  /** The folder of the overlay that is tried. */
  readonly overlay: string;
  /** A command that brings images to the cluster's nodes, and gets their names as its arguments. */
  readonly loadImages: string | undefined;
  /** Whether all stays in the cluster when the tests are over. */
  readonly keeps: boolean;
}

/** What the caller of `npm run test:k8s` says. Throws when it does not say which cluster it is about. */
export function readClusterSettings(env: NodeJS.ProcessEnv): ClusterSettings {
  const { KUBECONFIG, OVERLAY, LOAD_IMAGES, KEEP } = env;
  // kubectl would take a cluster that nobody has named.
  if (!KUBECONFIG) throw new Error("KUBECONFIG has to name the file that leads to the cluster to try the product on.");
  return {
    overlay: resolve(repositoryRoot, OVERLAY || "k8s/overlays/production"),
    loadImages: LOAD_IMAGES || undefined,
    keeps: KEEP === "1",
  };
}
