import { runProgram } from "@tareas/local-stack/process/run-program";
import { waitUntil } from "@tareas/local-stack/wait-until";
import type { TestProject } from "vitest/node";
import { containersOf, type Manifest, ofKind } from "../../k8s/support/manifests.ts";
import { openEntrance } from "./entrance.ts";
import { apply, kubectl } from "./kubectl.ts";
import { deleteOurs, exists, ingress, monitoring, namespaceOf, product, requireFree, stranger } from "./namespaces.ts";
import { imagesIn, tryableOverlay } from "./overlay.ts";
import { readyPodsOf } from "./pods.ts";
import { newSecrets } from "./secrets.ts";
import { type ClusterSettings, readClusterSettings } from "./settings.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the router's Service is reached from here. */
    url: string;
    /** An image that has Node, and is on the nodes. */
    image: string;
  }
}

const say = (text: string) => console.log(`test:k8s: ${text}`);

/** Once before all tests: the product as in production, in a namespace of its own, with a way to it from here. Returns what ends it. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const settings = readClusterSettings(process.env);
  await using resources = new AsyncDisposableStack();
  await deleteOurs();
  await requireFree(product, ingress, stranger);
  const manifests = await tryableOverlay(settings.overlay, say);
  if (settings.loadImages !== undefined) await loadImages(settings.loadImages, imagesIn(manifests));
  if (!settings.keeps) resources.defer(deleteOurs);
  await deploy(manifests);
  const image = imageOf("router", manifests);
  const entrance = resources.use(await openEntrance(image));
  provide("url", entrance.url);
  provide("image", image);
  const owned = resources.move();
  return () => owned.disposeAsync();
}

async function loadImages(
  command: NonNullable<ClusterSettings["loadImages"]>,
  images: readonly string[],
): Promise<void> {
  say(`loading ${images.join(", ")}`);
  await runProgram("sh", ["-c", `${command} "$@"`, "sh", ...images], { env: process.env, timeoutMs: 900_000 });
}

function imageOf(deployment: string, manifests: readonly Manifest[]): string {
  const owner = ofKind(manifests, "Deployment").filter(({ metadata }) => metadata.name === deployment);
  const [found] = containersOf(owner);
  if (!found?.container.image) throw new Error(`the overlay has no Deployment ${deployment}`);
  return found.container.image;
}

/** As docs/operating.md says: the namespace, Secrets, the label of who may ask the router, the overlay. */
async function deploy(manifests: readonly Manifest[]): Promise<void> {
  const others = [namespaceOf(ingress, { "tareas.example/ingress": "true" }), namespaceOf(stranger)];
  if (!(await exists(monitoring))) others.push(namespaceOf(monitoring));
  await apply([...ofKind(manifests, "Namespace"), ...others]);
  await apply(await newSecrets());
  const begunAt = performance.now();
  await apply(manifests);
  try {
    await rolledOut(manifests);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${await whatIsThere()}`);
  }
  say(`the overlay was applied, and all of it ready after ${((performance.now() - begunAt) / 1_000).toFixed(0)} s`);
}

const patienceSeconds = 600;

async function rolledOut(manifests: readonly Manifest[]): Promise<void> {
  const timing = [`--timeout=${patienceSeconds}s`, "--namespace", product];
  const wait = (...args: string[]) => kubectl([...args, ...timing], { timeoutMs: (patienceSeconds + 10) * 1_000 });
  const namesOf = (...kinds: string[]) =>
    ofKind(manifests, ...kinds).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  await wait("wait", "--for=condition=complete", ...namesOf("Job"));
  for (const name of namesOf("StatefulSet", "Deployment")) await wait("rollout", "status", name);
  // A Deployment begins with one pod, and the autoscaler makes them as many as there should be.
  for (const { spec } of ofKind(manifests, "HorizontalPodAutoscaler")) {
    const { name } = spec.scaleTargetRef;
    const isScaled = async () => (await readyPodsOf(name)).length >= spec.minReplicas;
    await waitUntil(isScaled, { timeoutMs: 120_000, pollMs: 1_000, what: `${spec.minReplicas} pods of ${name}` });
  }
}

/** For somebody who wants to know why it is not ready. */
async function whatIsThere(): Promise<string> {
  const inProduct = (...args: string[]) => kubectl([...args, "--namespace", product]).catch(String);
  const pods = await inProduct("get", "pods", "--output=wide");
  const events = await inProduct("get", "events", "--sort-by=.lastTimestamp");
  const logs = await inProduct(
    "logs",
    "--selector=app.kubernetes.io/component",
    "--all-containers",
    "--tail=5",
    "--prefix",
    "--max-log-requests=50",
  );
  return [pods, events.split("\n").slice(-40).join("\n"), logs].join("\n");
}
