import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { experiments } from "../../chaos/experiments/all.ts";
import type { Fault } from "../../chaos/faults/fault.ts";
import { containersOf, type Manifest, manifestsOf, parseManifests, podsOf, selects } from "./support/manifests.ts";

const folder = join(import.meta.dirname, "../../k8s/chaos-mesh");
const read = (file: string) => readFileSync(join(folder, file), "utf8");
const files = readdirSync(folder).filter((file) => file !== "kustomization.yaml");

const schemas = JSON.parse(readFileSync(join(import.meta.dirname, "generated/chaos-mesh.json"), "utf8"));
const errorsOf = (manifest: Manifest) => {
  const result = z.fromJSONSchema(schemas[manifest.kind]).safeParse(manifest);
  return (result.error?.issues ?? []).map(({ path, message }) => `/${path.join("/")}: ${message}`);
};

test.each(files)("%s is an experiment of the lab, by its name, its comment and its label", (file) => {
  const name = file.replace(".yaml", "");
  expect(experiments.map((experiment) => experiment.name)).toContain(name);
  expect(read(file).split("\n")[0]).toContain(`chaos/experiments/${name}.ts`);
  for (const { metadata } of parseManifests(read(file))) {
    expect(metadata.name).toMatch(new RegExp(`^${name}(-(users|tasks))?$`));
    expect(metadata.labels).toEqual({ "tareas.example/experiment": name });
  }
});

test("the kustomization has them all, where the product is in production", () => {
  expect(parse(read("kustomization.yaml")).resources.sort()).toEqual(files);
  const namespaces = [...manifestsOf("chaosMesh"), ...manifestsOf("production")].flatMap(
    ({ metadata }) => metadata.namespace ?? [],
  );
  expect(new Set(namespaces).size).toBe(1);
});

describe.each(files.flatMap((file) => parseManifests(read(file)).map((one) => [one.metadata.name, one] as const)))(
  "%s",
  (_, manifest) => {
    test("is what the schema of its kind allows", () => {
      expect(errorsOf(manifest)).toEqual([]);
    });

    test("hits what the lab hits", () => {
      const { selector, target, port } = manifest.spec;
      const picked = [selector, target?.selector].flatMap((one) => (one === undefined ? [] : [picks(one)]));
      for (const parts of picked) expect(parts).not.toEqual([]);
      if (port !== undefined) for (const part of picked.flat()) expect(httpPortOf(part)).toBe(port);
      const name = manifest.metadata.labels?.["tareas.example/experiment"];
      const faults = experiments.find((experiment) => experiment.name === name)?.faults ?? [];
      const hit = faults.flatMap(targetsOf);
      if (hit.length > 0) expect(picked.flat().filter((part) => hit.includes(part))).not.toEqual([]);
    });
  },
);

/** The parts of the product whose pods a selector of Chaos Mesh picks. */
function picks({ labelSelectors = {}, expressionSelectors = [] }): string[] {
  const pods = podsOf(manifestsOf("production")).flatMap(({ owner, labels }) => {
    const names = Array.from({ length: owner.spec.replicas ?? 0 }, (_, index) => `${owner.metadata.name}-${index}`);
    if (owner.kind !== "StatefulSet") return [{ owner, labels }];
    return names.map((name) => ({ owner, labels: { ...labels, "statefulset.kubernetes.io/pod-name": name } }));
  });
  const selector = { matchLabels: labelSelectors, matchExpressions: expressionSelectors };
  return [...new Set(pods.filter(({ labels }) => selects(selector, labels)).map(({ owner }) => owner.metadata.name))];
}

const httpPortOf = (part: string) =>
  containersOf(manifestsOf("production"))
    .filter(({ pod }) => pod.owner.metadata.name === part)
    .flatMap(({ container }) => container.ports ?? [])
    .find(({ name }) => name === "http")?.containerPort;

/** The parts that a fault of the lab is done to. */
function targetsOf(fault: Fault): string[] {
  if (!("target" in fault)) return [];
  return [fault.target.replace(/-\d+$/, "").replace(/^(primary|mongod)$/, "mongodb")];
}

test.each([
  ["nothing wrong", {}, []],
  ["a misspelt field", { slector: {} }, ['/spec: Unrecognized key: "slector"']],
  [
    "a misspelt field deep within",
    { selector: { labelSelector: {} } },
    ['/spec/selector: Unrecognized key: "labelSelector"'],
  ],
  ["an unknown action", { action: "pod-tickle" }, [expect.stringContaining("/spec/action: Invalid option")]],
])("an invented PodChaos with %s", (_, spec, errors) => {
  const all = { action: "pod-kill", mode: "one", selector: {}, ...spec };
  const invented = {
    apiVersion: "chaos-mesh.org/v1alpha1",
    kind: "PodChaos",
    metadata: { name: "invented" },
    spec: all,
  };
  expect(errorsOf(invented)).toEqual(errors);
});
