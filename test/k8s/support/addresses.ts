import { type ServiceName, serviceEnv, serviceNames } from "@tareas/local-stack/services";

const ports: Readonly<Record<ServiceName, number>> = { router: 4000, users: 4001, tasks: 4002 };

/** Where people find the product, and not one server another. */
const notOfServers = ["PUBLIC_URL"];

/**
 * The settings by which a server finds the others, as the local stack gives them, for a network in which each is found by its
 * name: `{ AUTH_JWKS_URL: "http://users:4001/.well-known/jwks.json", … }`.
 */
export function addressesFor(service: ServiceName): Readonly<Record<string, string>> {
  const env = Object.entries(serviceEnv(instanceOf(service), settings));
  const own = env.filter(([name, value]) => process.env[name] !== value && !notOfServers.includes(name));
  const named = own.map(([name, value]) => [name, withNames(value ?? "")] as const);
  return Object.fromEntries(named.filter(([, value]) => value.startsWith("http://")));
}

const withNames = (value: string) =>
  serviceNames.reduce((text, name) => text.replaceAll(`127.0.0.1:${ports[name]}`, `${name}:${ports[name]}`), value);

const instanceOf = (service: ServiceName) => ({
  service,
  name: service,
  port: ports[service],
  reachedAt: ports[service],
  metricsPort: ports[service] + 100,
});

const deploymentOf = (service: ServiceName) => ({ instances: [instanceOf(service)], entrance: ports[service] });

const settings = {
  deployments: { users: deploymentOf("users"), tasks: deploymentOf("tasks"), router: deploymentOf("router") },
  mongodbUri: "mongodb://mongodb",
  databasePrefix: "",
  stateDir: "/data",
  env: {},
};
