import { isDeepStrictEqual } from "node:util";
import type { Account } from "./accounts.ts";
import type { Service } from "./services.ts";
import type { Asked, Workload } from "./workloads.ts";

const checkedOfEach = 50;

/** Throws when the two don't answer the same pages: what they cost could not be compared then. */
export async function checkPages(
  workload: Workload,
  account: Account,
  { product, express }: { readonly product: Service; readonly express: Service },
): Promise<void> {
  for (let n = 0; n < checkedOfEach; n++) {
    const { data } = (await ask(product, workload.product(account, n))) as { data?: { tasks: unknown } };
    const other = await ask(express, workload.express(account, n));
    if (data && isDeepStrictEqual(data.tasks, other)) continue;
    const [one, another] = [data, other].map((answer) => JSON.stringify(answer).slice(0, 500));
    throw new Error(`${workload.name}, ${account.size} tasks: the answers differ:\n${one}\n${another}`);
  }
}

async function ask({ url }: Service, { path, headers, body }: Asked): Promise<unknown> {
  const method = body === undefined ? "GET" : "POST";
  const all = { "content-type": "application/json", ...headers };
  return (await fetch(`${url}${path}`, { method, headers: all, ...(body !== undefined && { body }) })).json();
}
