import { addHealth } from "@tareas/service-kit/http/health";
import fastify from "fastify";
import { describe, expect, test } from "vitest";
import { addressesFor } from "./support/addresses.ts";
import { serviceOf, settingsOf } from "./support/launch.ts";
import { launchesIn } from "./support/launches.ts";
import { containersOf, manifestsOf, ofKind, overlays, podsOf, selects, titleOf } from "./support/manifests.ts";
import { allowedConnections, neededConnections, portsOf } from "./support/network.ts";

describe.each(overlays)("the overlay %s", (overlay) => {
  const manifests = manifestsOf(overlay);
  const pods = podsOf(manifests);
  const services = ofKind(manifests, "Service");
  const servers = launchesIn(manifests).flatMap((launch) => {
    const service = serviceOf(launch.script);
    return service === undefined ? [] : [{ ...launch, service }];
  });

  test.each(servers.map((server) => [server.service, server] as const))("%s finds the others", (service, { env }) => {
    expect(env).toMatchObject(addressesFor(service));
  });

  test.each(servers.map((server) => [server.service, server] as const))(
    "%s names the ports that it listens on, and is scraped there",
    (_, server) => {
      const { container, pod } = server;
      const settings = settingsOf(server);
      expect(container.ports).toEqual([
        { name: "http", containerPort: settings.PORT },
        { name: "metrics", containerPort: settings.METRICS_PORT },
      ]);
      expect(pod.owner.spec.template.metadata.annotations).toMatchObject({
        "prometheus.io/port": String(settings.METRICS_PORT),
      });
    },
  );

  test.each(servers.map((server) => [server.service, server] as const))(
    "%s is reached by a Service of its name, at its port",
    (name, server) => {
      const settings = settingsOf(server);
      const [service] = services.filter(({ metadata }) => metadata.name === name);
      expect(service?.spec.ports).toMatchObject([{ name: "http", port: settings.PORT, targetPort: "http" }]);
    },
  );

  test.each(services.map((service) => [titleOf(service), service] as const))(
    "%s leads to ports that its pods have",
    (_, { spec }) => {
      const found = pods.filter(({ labels }) => selects({ matchLabels: spec.selector }, labels));
      expect(found).toHaveLength(1);
      const names = found.flatMap(portsOf).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(spec.ports.map((port: { targetPort: string }) => port.targetPort)));
    },
  );

  test("probes ask at ports of their container, for what a server answers", async () => {
    await using app = fastify();
    app.decorate("isDraining", () => false);
    addHealth(app, {});
    for (const { title, container } of containersOf(manifests)) {
      const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe].flatMap(
        (one) => one ?? [],
      );
      const ports = container.ports?.map(({ name }) => name) ?? [];
      for (const { httpGet, tcpSocket } of probes) {
        if (httpGet ?? tcpSocket)
          expect([title, ports]).toEqual([title, expect.arrayContaining([(httpGet ?? tcpSocket)?.port])]);
        if (httpGet) expect([title, app.hasRoute({ method: "GET", url: httpGet.path ?? "" })]).toEqual([title, true]);
      }
    }
  });

  test("network policies allow the connections that are needed, and no other", () => {
    expect(allowedConnections(manifests).sort()).toEqual(neededConnections(manifests).sort());
  });

  test("named ports of network policies are those of the pods that they protect", () => {
    for (const { metadata, spec } of ofKind(manifests, "NetworkPolicy")) {
      const protectedPods = pods.filter(({ labels }) => selects(spec.podSelector, labels));
      expect([metadata.name, protectedPods.length]).not.toEqual([metadata.name, 0]);
      const wanted = (spec.ingress ?? []).flatMap((rule: { ports: { port: unknown }[] }) =>
        rule.ports.map(({ port }) => port),
      );
      for (const port of wanted.filter((one: unknown) => typeof one === "string"))
        for (const pod of protectedPods) expect(portsOf(pod).map(({ name }) => name)).toContain(port);
    }
  });
});
