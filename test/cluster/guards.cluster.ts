import { describe, expect, inject, test } from "vitest";
import type { Manifest } from "../k8s/support/manifests.ts";
import { apply, get, kubectl } from "./support/kubectl.ts";
import { product } from "./support/namespaces.ts";
import { nodePod } from "./support/node-pod.ts";
import { type ProductPod, parts, podsOf, replaced } from "./support/pods.ts";

const image = inject("image");

/** Asks for a pod to be moved away, as the drain of a node does. */
async function evict({ name, namespace }: ProductPod): Promise<void> {
  const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
  await kubectl(["create", "--raw", `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, "--filename", "-"], {
    input: JSON.stringify(eviction),
  });
}

interface DisruptionBudget {
  readonly status: { readonly disruptionsAllowed: number };
}

const disruptionsAllowed = async (part: string) =>
  (await get<DisruptionBudget>("poddisruptionbudget", part, "--namespace", product)).status.disruptionsAllowed;

test.for(parts)("of %s one pod may be evicted, and no other before it is replaced", async (part) => {
  await expect.poll(() => disruptionsAllowed(part), { timeout: 60_000 }).toBe(1);
  const pods = await podsOf(part);
  const [first, second] = pods as [ProductPod, ProductPod];
  await evict(first);
  await expect(evict(second)).rejects.toThrow("violate the pod's disruption budget");
  await replaced(part, [first], pods.length);
  expect((await podsOf(part)).map(({ uid }) => uid)).toContain(second.uid);
  await expect.poll(() => disruptionsAllowed(part), { timeout: 60_000 }).toBe(1);
});

const allowed = nodePod({ namespace: product, name: "intruder", image });
const inDryRun = (pod: Manifest) => apply([pod], "--dry-run=server");

/** The pod, with another thing in its spec, or in its container. */
const withSpec = (more: object): Manifest => ({ ...allowed, spec: { ...allowed.spec, ...more } });
const withContainer = (more: object): Manifest => {
  const [container] = allowed.spec.containers;
  return withSpec({ containers: [{ ...container, ...more }] });
};
const { securityContext: confined } = allowed.spec.containers[0];

describe("the namespace takes no pod", () => {
  test.for<[string, Manifest]>([
    ["that runs as root", withSpec({ securityContext: { ...allowed.spec.securityContext, runAsUser: 0 } })],
    ["that is privileged", withContainer({ securityContext: { privileged: true } })],
    ["that may gain privileges", withContainer({ securityContext: { ...confined, allowPrivilegeEscalation: true } })],
    ["that keeps capabilities", withContainer({ securityContext: { allowPrivilegeEscalation: false } })],
    ["without a seccomp profile", withSpec({ securityContext: { runAsNonRoot: true, runAsUser: 10_001 } })],
    ["in the node's network", withSpec({ hostNetwork: true })],
    ["with a folder of the node", withSpec({ volumes: [{ name: "node", hostPath: { path: "/" } }] })],
  ])("%s", async ([, pod]) => {
    await expect(inDryRun(pod)).rejects.toThrow('violates PodSecurity "restricted');
  });

  test("only for these reasons: the same pod without them is taken", () => inDryRun(allowed));
});
