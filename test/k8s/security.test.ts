import { describe, expect, test } from "vitest";
import { type Manifest, manifestsOf, ofKind, overlays } from "./support/manifests.ts";
import { brokenRules, enableRules } from "./support/security.ts";

describe.each(overlays)("the overlay %s", (overlay) => {
  test("keeps to the restricted Pod Security profile and to what is good practice", async () => {
    expect(await brokenRules(manifestsOf(overlay))).toEqual([]);
  });

  test("has the cluster refuse pods that do not", () => {
    const [namespace] = ofKind(manifestsOf(overlay), "Namespace");
    expect(namespace?.metadata.labels).toMatchObject({ "pod-security.kubernetes.io/enforce": "restricted" });
  });
});

test("rules of the restricted profile are among those that count", async () => {
  expect([...(await enableRules())]).toEqual(
    expect.arrayContaining(["PSS201", "PSS202", "PSS203", "PSS205", "PSS206"]),
  );
});

const harmful = {
  hostNetwork: true,
  securityContext: { runAsUser: 0, runAsGroup: 0, seccompProfile: { type: "Unconfined" } },
  volumes: [{ name: "host", hostPath: { path: "/var/run/docker.sock" } }],
  containers: [
    {
      name: "one",
      image: "invented:latest",
      ports: [{ containerPort: 22, hostPort: 22 }],
      env: [{ name: "SECRET", valueFrom: { secretKeyRef: { name: "a", key: "b" } } }],
      securityContext: { privileged: true, capabilities: { add: ["SYS_ADMIN"] }, procMount: "Unmasked" },
    },
  ],
};

test.each(["Deployment", "StatefulSet", "Job"])("a harmful %s breaks the rules, each by its name", async (kind) => {
  const apiVersion = kind === "Job" ? "batch/v1" : "apps/v1";
  const invented: Manifest = {
    apiVersion,
    kind,
    metadata: { name: "invented" },
    spec: { template: { spec: harmful } },
  };
  const broken = new Set((await brokenRules([invented])).map((line) => line.split(" ")[0]));
  const profile = "PSS102 PSS103 PSS104 PSS105 PSS106 PSS109 PSS110 PSS201 PSS202 PSS203 PSS204 PSS205 PSS206".split(
    " ",
  );
  const practice = "KBP001 KBP002 KBP004 KBP005 KBP100 KBP101 KBP102 KBP103 KBP104 KBP105 KBP106 KBP109 KBP110 KBP111";
  expect([...broken]).toEqual(expect.arrayContaining([...profile, ...practice.split(" "), "KBP112", "KBP113"]));
});
