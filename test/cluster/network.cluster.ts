import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { apply, get, kubectl, nodeIn } from "./support/kubectl.ts";
import { ingress, monitoring, product, stranger } from "./support/namespaces.ts";
import { nodePod } from "./support/node-pod.ts";
import { type Part, type ProductPod, readyPodsOf } from "./support/pods.ts";

interface Place {
  readonly namespace: string;
  readonly name: string;
  readonly container: string;
}

const name = "somebody";
const image = inject("image");
const maintenance = "maintenance";

/** Pods of the tests, by where they are and what they are there. */
const somebody = [
  { namespace: product, name },
  { namespace: product, name: maintenance, labels: { "app.kubernetes.io/component": "backup" } },
  { namespace: ingress, name },
  { namespace: monitoring, name },
  { namespace: stranger, name },
];

/** Who may reach what, and nobody else. "api" is the Kubernetes API: in a namespace of its own, as is the world. */
const mayReach: Readonly<Record<string, readonly string[]>> = {
  router: ["users:4001", "tasks:4002"],
  users: ["mongodb:27017"],
  tasks: ["users:4001", "mongodb:27017"],
  mongodb: ["mongodb:27017"],
  "a pod for backups": ["mongodb:27017"],
  "another pod beside them": [],
  "a pod in the namespace of the ingress controller": ["router:4000", "api"],
  "a pod in the namespace of Prometheus": ["router:4100", "users:4101", "tasks:4102", "api"],
  "a pod in another namespace": ["api"],
};

let targets: Readonly<Record<string, { readonly host: string; readonly port: number }>>;
let places: Readonly<Record<string, Place>>;

beforeAll(async () => {
  await apply(somebody.map((pod) => nodePod({ ...pod, image })));
  for (const { namespace, name } of somebody)
    await kubectl(["wait", "--namespace", namespace, `pod/${name}`, "--for=condition=Ready", "--timeout=60s"]);
  const two = async (part: Part) => (await readyPodsOf(part)) as [ProductPod, ProductPod];
  const [router, users, tasks, mongodb] = [
    await two("router"),
    await two("users"),
    await two("tasks"),
    await two("mongodb"),
  ];
  // From the first pod of each to the second: what is in one pod, no policy keeps apart.
  targets = {
    ...Object.fromEntries([4000, 4100].map((port) => [`router:${port}`, { host: router[1].ip, port }])),
    ...Object.fromEntries([4001, 4101].map((port) => [`users:${port}`, { host: users[1].ip, port }])),
    ...Object.fromEntries([4002, 4102].map((port) => [`tasks:${port}`, { host: tasks[1].ip, port }])),
    "mongodb:27017": { host: mongodb[1].ip, port: 27_017 },
    api: await apiServer(),
  };
  const beside = (namespace: string, name: string): Place => ({ namespace, name, container: "node" });
  places = {
    router: { ...router[0], container: "router" },
    users: { ...users[0], container: "users" },
    tasks: { ...tasks[0], container: "tasks" },
    mongodb: { ...mongodb[0], container: "set-up" },
    "a pod for backups": beside(product, maintenance),
    "another pod beside them": beside(product, name),
    "a pod in the namespace of the ingress controller": beside(ingress, name),
    "a pod in the namespace of Prometheus": beside(monitoring, name),
    "a pod in another namespace": beside(stranger, name),
  };
});

afterAll(async () => {
  for (const { namespace, name } of somebody)
    await kubectl(["delete", "pod", "--namespace", namespace, name, "--ignore-not-found"]);
});

async function apiServer(): Promise<{ host: string; port: number }> {
  const { spec } = await get<{ spec: { clusterIP: string } }>("service", "kubernetes", "--namespace", "default");
  return { host: spec.clusterIP, port: 443 };
}

/** What can be connected to from a pod. */
async function reachedFrom(place: Place): Promise<string[]> {
  const script = `
    import { connect } from "node:net";
    const reach = ({ host, port }) => {
      const { promise, resolve } = Promise.withResolvers();
      const socket = connect({ host, port, timeout: 3000 });
      socket.once("connect", () => resolve(true));
      for (const event of ["timeout", "error"]) socket.once(event, () => resolve(false));
      return promise.finally(() => socket.destroy());
    };
    const targets = Object.entries(${JSON.stringify(targets)});
    const reached = await Promise.all(targets.map(async ([name, target]) => ((await reach(target)) ? [name] : [])));
    console.log(JSON.stringify(reached.flat()));
  `;
  return JSON.parse(await nodeIn(place, place.container, script));
}

test.for(Object.entries(mayReach))("%s reaches what it needs, and nothing else", async ([from, allowed]) => {
  const place = places[from];
  if (!place) throw new Error(`there is no ${from}`);
  // A network plugin takes a moment to learn of a new pod.
  await expect.poll(() => reachedFrom(place), { timeout: 60_000 }).toEqual(targetsIn(allowed));
});

/** In the order of the targets. */
const targetsIn = (names: readonly string[]) => Object.keys(targets).filter((target) => names.includes(target));

test("everything that somebody is kept from, somebody else does reach", () => {
  expect(Object.keys(targets).toSorted()).toEqual([...new Set(Object.values(mayReach).flat())].toSorted());
});

test("names can be looked up from everywhere", async () => {
  const script = `
    import { lookup } from "node:dns/promises";
    const { address } = await lookup("router.${product}.svc.cluster.local");
    console.log(address);
  `;
  const { spec } = await get<{ spec: { clusterIP: string } }>("service", "router", "--namespace", product);
  for (const place of Object.values(places))
    expect((await nodeIn(place, place.container, script)).trim()).toBe(spec.clusterIP);
});
