import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mainScript, nodeArguments, serviceNames } from "@tareas/local-stack/services";
import { drainTimeoutMs } from "@tareas/service-kit/http/run-server";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { addressesFor } from "./k8s/support/addresses.ts";
import { heapMiB } from "./k8s/support/heap.ts";
import { type Launch, serviceOf, settingErrors } from "./k8s/support/launch.ts";
import { secretFiles } from "./k8s/support/secret-files.ts";

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly stop_grace_period?: string;
  readonly mem_limit?: string;
}

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** With the defaults of what whoever starts it may set: ${NAME:-default}. */
const text = read("docker-compose.yml").replaceAll(/\$\{\w+:-([^}]*)\}/g, "$1");
const { services, secrets } = parse(text, { merge: true }) as {
  services: Readonly<Record<string, Service>>;
  secrets: Readonly<Record<string, { readonly file: string }>>;
};

const launches = Object.entries(services).flatMap(([title, service]) => {
  const script = scriptOf(service);
  return script === undefined ? [] : [{ ...launchOf(title, script, service), service }];
});
const servers = launches.filter(({ script }) => serviceOf(script) !== undefined);

function scriptOf({ image, command }: Service): string | undefined {
  if (command?.[0] === "node") return command.at(-1);
  const service = serviceNames.find((name) => image.startsWith(`tareas/${name}:`));
  return service === undefined ? undefined : mainScript(service);
}

function launchOf(title: string, script: string, service: Service): Launch {
  const env = Object.entries(service.environment ?? {}).map(([name, value]) => [name, String(value ?? "")]);
  const files = (service.secrets ?? []).map((name) => `/run/secrets/${name}`);
  const folders = (service.volumes ?? []).map((volume) => `${volume.split(":")[1]}/`);
  const hasFile = (path: string) => files.includes(path) || folders.some((folder) => path.startsWith(folder));
  return { title, script, env: Object.fromEntries(env), hasFile };
}

test("docker-compose.yml starts each server", () => {
  expect(servers.map(({ script }) => script).sort()).toEqual(serviceNames.map(mainScript).sort());
});

test.each(launches.map((launch) => [launch.title, launch] as const))("%s of it knows what it is given", (_, launch) => {
  expect(settingErrors(launch)).toEqual([]);
});

test.each(servers.map((server) => [server.title, server] as const))(
  "%s of it finds the others, has the time to end in order, and room for its heap",
  (_, { script, env, service }) => {
    expect(env).toMatchObject(addressesFor(serviceOf(script) ?? "router"));
    expect(1_000 * Number(/^(\d+)s$/.exec(service.stop_grace_period ?? "")?.[1])).toBeGreaterThan(drainTimeoutMs);
    expect(Number(/^(\d+)m$/.exec(service.mem_limit ?? "")?.[1])).toBeGreaterThan(1.25 * heapMiB(nodeArguments));
  },
);

test("npm run secrets makes the files of its secrets", () => {
  const made = secretFiles.map((file) => `./secrets/${file}`);
  expect(made).toEqual(expect.arrayContaining(Object.values(secrets).map(({ file }) => file)));
  const used = Object.values(services).flatMap((service) => service.secrets ?? []);
  expect(Object.keys(secrets).sort()).toEqual([...new Set(used)].sort());
});

test("docker-compose.dev.yml starts the same servers, from the sources that are here", () => {
  const changed = parse(read("docker-compose.dev.yml")) as { services: Readonly<Record<string, Service>> };
  expect(serviceNames.map((name) => changed.services[name]?.command?.at(-1))).toEqual(serviceNames.map(mainScript));
  for (const volume of Object.values(changed.services).flatMap((service) => service.volumes ?? [])) {
    const [source = "", target] = volume.split(":");
    expect(existsSync(join(root, source)), volume).toBe(true);
    expect(target).toBe(join("/app", source));
  }
});
