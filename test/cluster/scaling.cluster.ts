import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { GraphqlClient } from "../../chaos/load/graphql-client.ts";
import { get } from "./support/kubectl.ts";
import { product } from "./support/namespaces.ts";
import { readyPodsOf } from "./support/pods.ts";

const url = inject("url");
const atOnce = 24;

interface Autoscaler {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly minReplicas: number };
  readonly status: {
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

const owner = "owner { id username displayName createdAt }";
const list = `id name color isDefault version createdAt updatedAt ${owner}`;
const task = `id title notes completed priority dueDate tags version createdAt updatedAt ${owner}`;
const page = (within = "") => `tasks(first: 1) { nodes { ${task} list { ${list} ${within} } } totalCount }`;
const fields = ["a", "b", "c", "d"].map((alias) => {
  return `${alias}: tasks(first: 1) @skip(if: $no) { nodes { ${task} list { ${list} ${page(page())} } } }`;
});

/**
 * An operation that the router has not seen: it parses, validates and plans each, which takes it long, and it is all that is
 * done, since nothing of this one is asked for in the end. So little else is busy on the nodes, MongoDB among them.
 */
const newOperation = () => `query New_${randomUUID().replaceAll("-", "")}($no: Boolean = true) { ${fields.join(" ")} }`;

/** Asks for such operations, so many at a time, until `signal`; resolves to how many were answered, and the codes of other answers. */
async function hurry(signal: AbortSignal) {
  await using client = new GraphqlClient(url);
  let answers = 0;
  const codes = new Set<string>();
  const ask = async () => {
    while (!signal.aborted) {
      const { errors } = await client.send({ query: newOperation() });
      for (const { code } of errors) codes.add(code);
      if (errors.length === 0) answers += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return { answers, codes: [...codes] };
}

test("while there is more to do than two routers should do, there are more", async () => {
  const { minReplicas } = (await autoscaler("router")).spec;
  const ending = new AbortController();
  const begunAt = performance.now();
  const hurrying = hurry(ending.signal);
  hurrying.catch(() => {}); // it is awaited below
  try {
    const count = async () => (await readyPodsOf("router")).length;
    await expect.poll(count, { timeout: 300_000, interval: 5_000 }).toBeGreaterThan(minReplicas);
  } finally {
    ending.abort();
  }
  const { answers, codes } = await hurrying;
  const seconds = (performance.now() - begunAt) / 1_000;
  console.log(
    `test:k8s: ${(answers / seconds).toFixed(0)} new operations per second: a further router was ready after ${seconds.toFixed(0)} s`,
  );
  expect(["RATE_LIMITED"]).toEqual(expect.arrayContaining(codes));
});
