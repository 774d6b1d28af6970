import { containersOf, type Manifest, ofKind, type Pod, podsOf } from "../../k8s/support/manifests.ts";
import { get } from "./kubectl.ts";

interface Requests {
  readonly resources?: { readonly requests?: { readonly cpu?: string } };
}
interface Node {
  readonly spec: { readonly unschedulable?: boolean };
  readonly status: { readonly allocatable: { readonly cpu: string } };
}
interface RunningPod {
  readonly spec: { readonly nodeName?: string; readonly containers: readonly Requests[] };
  readonly status: { readonly phase: string };
}
interface List<T> {
  readonly items: readonly T[];
}

/** Processors that the cluster's nodes have and nobody has asked for. */
export async function freeProcessors(): Promise<number> {
  const nodes = await get<List<Node>>("nodes");
  const pods = await get<List<RunningPod>>("pods", "--all-namespaces");
  const there = nodes.items
    .filter(({ spec }) => !spec.unschedulable)
    .map(({ status }) => cores(status.allocatable.cpu));
  const taken = pods.items
    .filter(({ spec, status }) => spec.nodeName !== undefined && !["Succeeded", "Failed"].includes(status.phase))
    .flatMap(({ spec }) => spec.containers.map(requestOf));
  return sum(there) - sum(taken);
}

/** Processors that an overlay asks for: with as few pods as its autoscalers leave it, and one more of each while it is updated. */
export function wantedProcessors(manifests: readonly Manifest[]): number {
  const wanted = podsOf(manifests.filter(({ kind }) => kind !== "CronJob")).map((pod) => {
    return howMany(pod, manifests) * sum(pod.spec.containers.map((container) => requestOf(container as Requests)));
  });
  return sum(wanted);
}

function howMany({ owner }: Pod, manifests: readonly Manifest[]): number {
  if (owner.kind !== "Deployment") return owner.spec.replicas ?? 1;
  const scaled = ofKind(manifests, "HorizontalPodAutoscaler").find(
    ({ spec }) => spec.scaleTargetRef.name === owner.metadata.name,
  );
  return (scaled?.spec.minReplicas ?? owner.spec.replicas ?? 1) + 1;
}

interface Patch {
  readonly target: { readonly kind: string; readonly name?: string };
  /** In JSON (RFC 6902). */
  readonly patch: string;
}

/** What makes the servers and MongoDB ask for a part of the processors that they ask for. */
export function withFewerProcessors(manifests: readonly Manifest[], part: number): Patch[] {
  return ofKind(manifests, "Deployment", "StatefulSet").map((owner) => {
    const changes = containersOf([owner]).map(({ container }, index) => ({
      op: "add",
      path: `/spec/template/spec/containers/${index}/resources/requests/cpu`,
      value: milli(requestOf(container as Requests) * part),
    }));
    return { target: { kind: owner.kind, name: owner.metadata.name }, patch: JSON.stringify(changes) };
  });
}

/** What makes autoscalers act at a part of the use of processors at which they act: nodes that have few can't come to more. */
export function scaledOutSooner(manifests: readonly Manifest[], part: number): Patch[] {
  return ofKind(manifests, "HorizontalPodAutoscaler").map(({ kind, metadata, spec }) => {
    const changes = (spec.metrics as Metric[]).map(({ resource }, index) => ({
      op: "replace",
      path: `/spec/metrics/${index}/resource/target/averageValue`,
      value: milli(cores(resource.target.averageValue) * part),
    }));
    return { target: { kind, name: metadata.name }, patch: JSON.stringify(changes) };
  });
}

interface Metric {
  readonly resource: { readonly target: { readonly averageValue: string } };
}

const requestOf = ({ resources }: Requests): number => cores(resources?.requests?.cpu ?? "0");

/** "250m" and "0.25" are a quarter. */
const cores = (quantity: string): number =>
  quantity.endsWith("m") ? Number(quantity.slice(0, -1)) / 1_000 : Number(quantity);

const milli = (processors: number): string => `${Math.ceil(processors * 1_000)}m`;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
