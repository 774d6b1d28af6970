import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { GraphqlClient, NoAnswer } from "../../chaos/load/graphql-client.ts";
import { get } from "./support/kubectl.ts";
import { product } from "./support/namespaces.ts";
import { readyPodsOf } from "./support/pods.ts";

const url = inject("url");
const atOnce = 24;

interface Autoscaler {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly minReplicas: number };
  readonly status: {
    readonly desiredReplicas: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

const autoscaler = (name: string) => get<Autoscaler>("horizontalpodautoscaler", name, "--namespace", product);

test.for(["router", "users", "tasks"])("the autoscaler of %s reads how busy its pods are", async (name) => {
  const isActive = async () => {
    const { status } = await autoscaler(name);
    return status.conditions?.find(({ type }) => type === "ScalingActive")?.status;
  };
  await expect.poll(isActive, { timeout: 180_000, interval: 2_000 }).toBe("True");
});

/**
 * An operation that the router has not seen: it parses, validates and plans each, and that alone, since nothing of this one is
 * asked for in the end.
 */
const newOperation = () => `query New_${randomUUID().replaceAll("-", "")}($no: Boolean = true) {
  me @skip(if: $no) { id username displayName email createdAt tasks(first: 5) { nodes { id title owner { username } } } }
  taskLists @skip(if: $no) { id name owner { id displayName } tasks(first: 5) { nodes { title list { name } owner { username displayName } } } }
  tasks(first: 20) @skip(if: $no) { nodes { id title notes list { id name owner { username } } owner { id username displayName } } totalCount }
}`;

test("while there is more to do than two routers should, there are more", async () => {
  const { minReplicas } = (await autoscaler("router")).spec;
  const ending = new AbortController();
  await using client = new GraphqlClient(url);
  let answers = 0;
  const hurry = async () => {
    while (!ending.signal.aborted) {
      await client.send({ query: newOperation() }).catch((error) => {
        if (!(error instanceof NoAnswer)) throw error; // the routers are meant to have too much to do
      });
      answers += 1;
    }
  };
  const begunAt = performance.now();
  const rush = Promise.all(Array.from({ length: atOnce }, hurry));
  try {
    const count = async () => (await readyPodsOf("router")).length;
    await expect.poll(count, { timeout: 300_000, interval: 2_000 }).toBeGreaterThan(minReplicas);
  } finally {
    ending.abort();
    await rush;
  }
  const seconds = (performance.now() - begunAt) / 1_000;
  const { desiredReplicas } = (await autoscaler("router")).status;
  console.log(
    `test:k8s: ${(answers / seconds).toFixed(0)} new operations per second: a further router was ready after ${seconds.toFixed(0)} s, ${desiredReplicas} are wanted`,
  );
});
