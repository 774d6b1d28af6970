import type { Ledger } from "../ledger/ledger.ts";
import { pick, type Random } from "../random.ts";
import type { Account } from "./accounts.ts";
import type { GraphqlClient } from "./graphql-client.ts";
import { runOpenLoop } from "./open-loop.ts";
import { logIn, read } from "./reads.ts";
import type { OperationName, Sample } from "./sample.ts";
import type { Writer } from "./writes.ts";

/** Weights: how often each operation comes among all. */
export type Mix = Readonly<Partial<Record<OperationName, number>>>;

export interface Workers {
  readonly client: GraphqlClient;
  readonly accounts: readonly Account[];
  readonly writer: Writer;
  readonly ledger: Ledger;
  readonly mix: Mix;
  readonly random: Random;
}

/** Does something for somebody, chosen anew each time. */
export type Perform = () => Promise<Omit<Sample, "at" | "ms">>;

/** Makes operations of the mix, each for one of the accounts. */
export function performer({ client, accounts, writer, ledger, mix, random }: Workers): Perform {
  const urn = Object.entries(mix).flatMap(([name, weight]) => Array<OperationName>(weight).fill(name as OperationName));
  const perform = (operation: OperationName, account: Account) => {
    if (operation === "create") return writer.create(account);
    if (operation === "rename" || operation === "delete") return writer.change(operation, account);
    return operation === "login" ? logIn(client, account) : read(client, operation, account, ledger);
  };
  return async () => {
    const operation = pick(random, urn);
    return { operation, ...(await perform(operation, pick(random, accounts))) };
  };
}

export interface LoadOptions {
  readonly perform: Perform;
  /** Operations per second, now. */
  readonly perSecond: () => number;
  readonly signal: AbortSignal;
  readonly onSample: (sample: Sample) => void;
}

/** Works at a fixed rate until `signal`, and tells of each operation when it is over. */
export async function runLoad({ perform, perSecond, signal, onSample }: LoadOptions): Promise<void> {
  await runOpenLoop({
    ...{ perSecond, signal },
    async send(at) {
      const result = await perform();
      onSample({ ...result, at, ms: performance.now() - at });
    },
  });
}
