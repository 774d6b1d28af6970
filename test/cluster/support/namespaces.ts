import type { Manifest } from "../../k8s/support/manifests.ts";
import { kubectl } from "./kubectl.ts";

/** Where the product is while it is tried: not where it is in production, which may be in the same cluster. */
export const product = "tareas-test";
/** From where requests come, as from an ingress controller. */
export const ingress = "tareas-test-ingress";
/** Of somebody who has nothing to do with the product. */
export const stranger = "tareas-test-stranger";
/** The policies name it: from there Prometheus reads the metrics. */
export const monitoring = "monitoring";

/** What tells that a namespace is of these tests, and may be deleted. */
export const ours = { "tareas.example/test": "true" };

export const namespaceOf = (name: string, labels = {}): Manifest => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { ...ours, ...labels } },
});

/** Deletes the namespaces that these tests have made, now or before, with all that is in them. */
export async function deleteOurs(): Promise<void> {
  const labels = Object.entries(ours).map((label) => label.join("="));
  await kubectl(["delete", "namespace", "--selector", labels.join(","), "--timeout=300s"], { timeoutMs: 310_000 });
}

/** Throws when there is a namespace that we would make and somebody else has made. */
export async function requireFree(...names: readonly string[]): Promise<void> {
  for (const name of names)
    if (await exists(name))
      throw new Error(`The cluster has a namespace ${name} already, which is not of these tests.`);
}

export const exists = async (name: string): Promise<boolean> =>
  (await kubectl(["get", "namespace", name, "--ignore-not-found", "--output=name"])) !== "";
