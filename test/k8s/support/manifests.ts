import type { IContainer, IPodTemplateSpec } from "kubernetes-models/v1";
import { inject } from "vitest";
import { parseAllDocuments } from "yaml";
import type { Rendered } from "./render.ts";

export const overlays = ["dev", "production"] as const;

/** An object of the Kubernetes API, as it is sent; validated elsewhere, so that what is read of it here is what it is. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
  readonly data?: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: each kind has another, and the schemas say which.
  readonly spec?: any;
}

export type Labels = Readonly<Record<string, string>>;

export interface Pod {
  readonly owner: Manifest;
  readonly labels: Labels;
  readonly spec: NonNullable<IPodTemplateSpec["spec"]>;
}

/** A container with its pod. */
export interface Contained {
  readonly pod: Pod;
  readonly container: IContainer;
  /** For messages: "Deployment users: users". */
  readonly title: string;
}

/** Rendered YAML as objects. Throws on YAML that is not right. */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => {
    for (const error of document.errors) throw error;
    return document.toJS();
  });
}

const parsed = new Map<keyof Rendered, Manifest[]>();

/** What an overlay sends to the cluster. */
export function manifestsOf(overlay: keyof Rendered): readonly Manifest[] {
  const manifests = parsed.get(overlay) ?? parseManifests(inject("rendered")[overlay]);
  parsed.set(overlay, manifests);
  return manifests;
}

export const ofKind = (manifests: readonly Manifest[], ...kinds: string[]) =>
  manifests.filter(({ kind }) => kinds.includes(kind));

/** For messages: "Deployment users". */
export const titleOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`;

/** The pods that these objects make, one of each. */
export function podsOf(manifests: readonly Manifest[]): Pod[] {
  return manifests.flatMap((owner) => {
    const template = templateOf(owner);
    return template?.spec ? [{ owner, labels: template.metadata?.labels ?? {}, spec: template.spec }] : [];
  });
}

function templateOf({ kind, spec }: Manifest): IPodTemplateSpec | undefined {
  if (kind === "CronJob") return spec.jobTemplate.spec.template;
  return ["Deployment", "StatefulSet", "Job"].includes(kind) ? spec.template : undefined;
}

export const containersOf = (manifests: readonly Manifest[]): Contained[] =>
  podsOf(manifests).flatMap((pod) =>
    [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map((container) => ({
      pod,
      container,
      title: `${titleOf(pod.owner)}: ${container.name}`,
    })),
  );

interface Selector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

/** Whether a label selector picks what has these labels; an empty one picks everything. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      if (operator !== "In") throw new Error(`${operator} is not understood here`);
      return values.includes(labels[key] ?? "");
    })
  );
}
