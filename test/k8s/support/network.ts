import { serviceOf } from "./launch.ts";
import { launchesIn, secretsOf } from "./launches.ts";
import { type Contained, containersOf, type Manifest, ofKind, type Pod, podsOf, selects } from "./manifests.ts";

type Direction = "Ingress" | "Egress";
interface Peer {
  readonly podSelector?: Parameters<typeof selects>[0];
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port: number | string }[];
}

const nameOf = ({ owner }: Pod) => owner.metadata.name;

export const portsOf = (pod: Pod) => pod.spec.containers.flatMap(({ ports = [] }) => ports);

/** The connections between pods that the network policies allow: "tasks to users:4001". */
export function allowedConnections(manifests: readonly Manifest[]): string[] {
  const pods = podsOf(manifests);
  return pods.flatMap((from) =>
    pods.flatMap((to) =>
      portsOf(to)
        .filter(({ name, containerPort }) => {
          const allows = (direction: Direction, own: Pod, other: Pod) =>
            rulesFor(direction, own, manifests).some(
              (rule) => admits(rule, other) && rule.ports?.some(({ port }) => port === containerPort || port === name),
            );
          return allows("Egress", from, to) && allows("Ingress", to, from);
        })
        .map(({ containerPort }) => `${nameOf(from)} to ${nameOf(to)}:${containerPort}`),
    ),
  );
}

/** Throws when no policy shuts the direction for the pod: then everything would be allowed. */
function rulesFor(direction: Direction, pod: Pod, manifests: readonly Manifest[]): readonly Rule[] {
  const policies = ofKind(manifests, "NetworkPolicy").filter(
    ({ spec }) => spec.policyTypes.includes(direction) && selects(spec.podSelector, pod.labels),
  );
  if (policies.length === 0) throw new Error(`nothing limits the ${direction} of ${nameOf(pod)}`);
  return policies.flatMap(({ spec }) => spec[direction.toLowerCase()] ?? []);
}

const admits = ({ from, to }: Rule, { labels }: Pod) =>
  (from ?? to ?? []).some(({ podSelector }) => podSelector !== undefined && selects(podSelector, labels));

/** The connections that the settings of servers, and the connection strings that pods are given, ask for. */
export function neededConnections(manifests: readonly Manifest[]): string[] {
  const launches = launchesIn(manifests).filter(({ script }) => serviceOf(script) !== undefined);
  const hosts = launches.flatMap(({ pod, env }) =>
    Object.values(env).flatMap((value) => hostsIn(value).map((host) => `${nameOf(pod)} to ${host}`)),
  );
  const databases = containersOf(manifests)
    .filter((contained) => readsConnectionString(contained, manifests))
    .map(({ pod }) => `${nameOf(pod)} to mongodb:27017`);
  const services = ofKind(manifests, "Service").map(({ metadata }) => metadata.name);
  const isInside = (connection: string) => services.some((name) => connection.includes(` to ${name}:`));
  return [...new Set([...hosts, ...databases])].filter(isInside);
}

const hostsIn = (value: string) => value.split(",").flatMap((url) => URL.parse(url)?.host ?? []);

const readsConnectionString = (contained: Contained, manifests: readonly Manifest[]) =>
  secretsOf(contained, manifests).some((secret) => /^mongodb-\w+\/uri$/.test(secret));
