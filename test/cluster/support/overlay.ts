import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { openKustomize } from "../../k8s/support/kustomize.ts";
import { containersOf, type Manifest, parseManifests } from "../../k8s/support/manifests.ts";
import { ours, product } from "./namespaces.ts";
import { freeProcessors, scaledOutSooner, wantedProcessors, withFewerProcessors } from "./processors.ts";

// For the pods of the tests, and a little to spare.
const besidesProcessors = 0.3;
const few = { request: 0.2, use: 0.5 };

/**
 * What an overlay sends to the cluster, with what has to be other for it to be tried there: another namespace and host, so
 * that it takes nothing from the product in production; and, where the nodes have fewer processors than it asks for, pods that
 * ask for a fifth, and autoscalers that act at half the use. Tells of the latter.
 */
export async function tryableOverlay(folder: string, say: (text: string) => void): Promise<readonly Manifest[]> {
  const manifests = await render(folder, elsewhere);
  const [wanted, free] = [wantedProcessors(manifests) + besidesProcessors, await freeProcessors()];
  if (wanted <= free) return manifests;
  const inWords = (processors: number) => `${processors.toFixed(2)} processors`;
  say(
    `the nodes have ${inWords(free)} to spare, of ${inWords(wanted)} that are asked for: each pod asks for a fifth, and autoscalers act at half the use`,
  );
  return render(folder, [
    ...elsewhere,
    ...withFewerProcessors(manifests, few.request),
    ...scaledOutSooner(manifests, few.use),
  ]);
}

const [[testLabel = "", testValue = ""] = []] = Object.entries(ours);

const elsewhere = [
  {
    target: { kind: "Namespace" },
    patch: JSON.stringify([
      { op: "add", path: `/metadata/labels/${testLabel.replaceAll("/", "~1")}`, value: testValue },
    ]),
  },
  {
    target: { kind: "Ingress" },
    patch: JSON.stringify([{ op: "add", path: "/spec/rules/0/host", value: "tareas-test.example" }]),
  },
];

async function render(overlay: string, patches: readonly object[]): Promise<Manifest[]> {
  const kustomize = await openKustomize();
  const folder = await mkdtemp(join(await realpath(tmpdir()), "tareas-overlay-"));
  try {
    const kustomization = {
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      namespace: product,
      resources: [relative(folder, await realpath(overlay))],
      patches,
    };
    await writeFile(join(folder, "kustomization.yaml"), JSON.stringify(kustomization));
    return parseManifests(await kustomize(folder));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The names of all images that are run. */
export const imagesIn = (manifests: readonly Manifest[]): string[] => [
  ...new Set(containersOf(manifests).flatMap(({ container }) => container.image ?? [])),
];
