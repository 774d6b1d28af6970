import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeArguments } from "@tareas/local-stack/services";
import { drainTimeoutMs } from "@tareas/service-kit/http/run-server";
import { describe, expect, test } from "vitest";
import { heapMiB } from "./support/heap.ts";
import { serviceOf, settingsOf } from "./support/launch.ts";
import { launchesIn } from "./support/launches.ts";
import { containersOf, manifestsOf, ofKind, overlays, podsOf, selects, titleOf } from "./support/manifests.ts";

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));

describe.each(overlays)("the overlay %s", (overlay) => {
  const manifests = manifestsOf(overlay);
  const pods = podsOf(manifests);
  const servers = launchesIn(manifests).filter(({ script }) => serviceOf(script) !== undefined);
  const namesOf = (kind: string) => ofKind(manifests, kind).map(({ metadata }) => metadata.name);

  test.each(servers.map((server) => [server.title, server] as const))(
    "%s is given the time to end in order",
    (_, server) => {
      const { spec } = server.pod;
      const sleeps = server.container.lifecycle?.preStop?.sleep?.seconds ?? 0;
      const seconds = sleeps + Number(settingsOf(server).DRAIN_DELAY_MS) / 1_000 + drainTimeoutMs / 1_000;
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(seconds);
    },
  );

  test.each(servers.map((server) => [server.title, server] as const))(
    "%s has room for its heap, and a quarter more",
    (_, { container }) => {
      expect(mebibytes(container.resources?.limits?.memory)).toBeGreaterThan(1.25 * heapMiB(nodeArguments));
    },
  );

  test("workloads select their own pods, and spread those", () => {
    for (const { owner, labels, spec } of pods) {
      if (owner.spec.selector)
        expect([titleOf(owner), selects(owner.spec.selector, labels)]).toEqual([titleOf(owner), true]);
      for (const { labelSelector } of spec.topologySpreadConstraints ?? [])
        expect([titleOf(owner), selects(labelSelector ?? {}, labels)]).toEqual([titleOf(owner), true]);
    }
  });

  test("each server and MongoDB have a disruption budget of their own", () => {
    const guarded = ofKind(manifests, "PodDisruptionBudget").flatMap(({ metadata, spec }) =>
      pods
        .filter(({ labels }) => selects(spec.selector, labels))
        .map(({ owner }) => [metadata.name, owner.metadata.name]),
    );
    expect(guarded.sort()).toEqual(["mongodb", "router", "tasks", "users"].map((name) => [name, name]));
  });

  test("autoscalers scale the servers, whose Deployments do not say how many they are", () => {
    const scaled = ofKind(manifests, "HorizontalPodAutoscaler").map(({ spec }) => spec.scaleTargetRef);
    const deployments = ofKind(manifests, "Deployment");
    expect(scaled.map(({ name }) => name).sort()).toEqual(deployments.map(({ metadata }) => metadata.name).sort());
    for (const { apiVersion, kind, name } of scaled)
      expect([apiVersion, kind, name]).toEqual(["apps/v1", "Deployment", name]);
    for (const { spec } of deployments) expect(spec.replicas).toBeUndefined();
  });

  test("what pods mount and are is there", () => {
    const [accounts, claims] = [namesOf("ServiceAccount"), namesOf("PersistentVolumeClaim")];
    for (const { owner, spec } of pods) {
      expect(accounts).toContain(spec.serviceAccountName);
      const templates = owner.spec.volumeClaimTemplates ?? [];
      const volumes = [...(spec.volumes ?? []), ...templates.map((one: typeof owner) => one.metadata)].map(
        ({ name }) => name,
      );
      for (const { volumeMounts = [] } of spec.containers)
        for (const { name } of volumeMounts)
          expect([titleOf(owner), volumes]).toEqual([titleOf(owner), expect.arrayContaining([name])]);
      for (const { persistentVolumeClaim: claim } of spec.volumes ?? [])
        if (claim) expect(claims).toContain(claim.claimName);
    }
  });

  test("images and migrations are those of this version", () => {
    const own = containersOf(manifests)
      .map(({ container }) => container.image)
      .filter((image) => image?.includes("tareas/"));
    for (const image of own) expect(image).toMatch(new RegExp(`^docker.io/tareas/(users|tasks|router):${version}$`));
    const suffix = version.replaceAll(".", "-");
    expect(namesOf("Job").sort()).toEqual([`tasks-migrate-${suffix}`, `users-migrate-${suffix}`]);
  });
});

test("the Ingress leads to the router, at the address that is written in mails", () => {
  const manifests = manifestsOf("production");
  const [ingress] = ofKind(manifests, "Ingress");
  const [rule] = ingress?.spec.rules ?? [];
  expect(rule.http.paths[0].backend.service).toEqual({ name: "router", port: { name: "http" } });
  const [users] = launchesIn(manifests).filter(({ script }) => serviceOf(script) === "users");
  expect(users?.env.PUBLIC_URL).toBe(`https://${rule.host}`);
});

function mebibytes(quantity: unknown): number {
  const [, amount, unit] = /^(\d+)([MG])i$/.exec(String(quantity)) ?? [];
  return Number(amount) * (unit === "G" ? 1_024 : 1);
}
