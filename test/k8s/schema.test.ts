import { describe, expect, test } from "vitest";
import { type Manifest, manifestsOf, overlays, titleOf } from "./support/manifests.ts";
import { schemaErrors } from "./support/schema.ts";

describe.each(overlays)("the overlay %s", (overlay) => {
  test.each(manifestsOf(overlay).map((manifest) => [titleOf(manifest), manifest] as const))(
    "%s is what the schema of its kind allows",
    async (_, manifest) => {
      expect(await schemaErrors(manifest)).toEqual([]);
    },
  );
});

/** A Deployment as small as one can be, with more in its container. */
const deploymentOf = (container: object): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "invented" },
  spec: {
    selector: { matchLabels: { app: "invented" } },
    template: { metadata: { labels: { app: "invented" } }, spec: { containers: [{ name: "one", ...container }] } },
  },
});

test.each([
  ["nothing wrong", { readinessProbe: { httpGet: { path: "/", port: "http" } } }, []],
  [
    "a misspelt field deep within",
    { readinessProbe: { httpGet: { path: "/", port: 80, pathh: "/" } } },
    ["/spec/template/spec/containers/0/readinessProbe/httpGet/pathh: unknown"],
  ],
  [
    "a misspelt field with more below it",
    { enviroment: [{ name: "A", value: "b" }] },
    ["/spec/template/spec/containers/0/enviroment: unknown"],
  ],
  ["a value of the wrong type", { tty: "yes" }, ["/spec/template/spec/containers/0/tty: type"]],
  ["a missing field", { ports: [{ name: "http" }] }, ["/spec/template/spec/containers/0/ports/0: required"]],
])("a container with %s", async (_, container, errors) => {
  expect(await schemaErrors(deploymentOf(container))).toEqual(errors);
});
