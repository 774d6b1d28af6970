import { waitUntil } from "@tareas/local-stack/wait-until";
import { get, kubectl, nodeIn } from "./kubectl.ts";
import { product } from "./namespaces.ts";

/** What there are several pods of. */
export type Part = "router" | "users" | "tasks" | "mongodb";

export const parts: readonly Part[] = ["router", "users", "tasks", "mongodb"];

const workloadOf = (part: Part): string => `${part === "mongodb" ? "statefulset" : "deployment"}/${part}`;

export interface ProductPod {
  readonly namespace: string;
  readonly name: string;
  /** Another for each pod, also for one that takes a name over. */
  readonly uid: string;
  readonly ip: string;
  readonly isReady: boolean;
}

interface RawPod {
  readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** The pods of a part, those that are about to end too. */
async function allPodsOf(part: Part): Promise<(ProductPod & { readonly isEnding: boolean })[]> {
  const selector = `--selector=app.kubernetes.io/name=${part}`;
  const { items } = await get<{ items: RawPod[] }>("pods", "--namespace", product, selector);
  return items.map(({ metadata: { name, uid, deletionTimestamp }, status }) => ({
    ...{ namespace: product, name, uid, ip: status.podIP ?? "" },
    isReady: status.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false,
    isEnding: deletionTimestamp !== undefined,
  }));
}

/** The pods of a part, without those that are about to end. */
export const podsOf = async (part: Part): Promise<ProductPod[]> =>
  (await allPodsOf(part)).filter(({ isEnding }) => !isEnding);

export const readyPodsOf = async (part: Part): Promise<ProductPod[]> =>
  (await podsOf(part)).filter(({ isReady }) => isReady);

/** Resolves when these pods have ended and others stand in for them: at least as many as `count` in all, and all are ready. */
export async function replaced(part: Part, gone: readonly ProductPod[], count: number): Promise<void> {
  await waitUntil(
    async () => {
      const pods = await allPodsOf(part);
      const areGone = !pods.some(({ uid }) => gone.some((pod) => pod.uid === uid));
      return areGone && pods.length >= count && pods.every(({ isReady }) => isReady);
    },
    { timeoutMs: 300_000, pollMs: 500, what: `${part} to be whole again` },
  );
}

/** Replaces all pods of these parts in an orderly way, all parts at once, and resolves when the old ones have ended. */
export async function restart(restarted: readonly Part[]): Promise<void> {
  const before = await Promise.all(restarted.map(podsOf));
  const workloads = restarted.map(workloadOf);
  await kubectl(["rollout", "restart", ...workloads, "--namespace", product]);
  const timeoutMs = 580_000;
  for (const workload of workloads)
    await kubectl(["rollout", "status", workload, "--namespace", product, "--timeout=570s"], { timeoutMs });
  for (const [index, part] of restarted.entries()) {
    const pods = before[index] ?? [];
    await replaced(part, pods, pods.length);
  }
}

const hello = `
  import { mongo } from "mongoose";
  const client = new mongo.MongoClient("mongodb://mongodb:27017/?replicaSet=tareas");
  const { me } = await client.db("admin").command({ hello: 1 });
  console.log(me);
  await client.close();
`;

/** The pod of MongoDB's primary, as a pod that may reach it sees it. Throws when there is none for half a minute. */
export async function primaryPod(): Promise<ProductPod> {
  const [observer] = await readyPodsOf("users");
  if (!observer) throw new Error("no pod of users is ready");
  const [name] = (await nodeIn(observer, "users", hello)).trim().split(".");
  const primary = (await podsOf("mongodb")).find((pod) => pod.name === name);
  if (!primary) throw new Error(`${name} is the primary, and no pod`);
  return primary;
}
