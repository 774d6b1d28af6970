import type { StoredTask } from "../../../chaos/ledger/check-ledger.ts";
import type { Account } from "../../../chaos/load/accounts.ts";
import type { GraphqlClient } from "../../../chaos/load/graphql-client.ts";

const query = `query Stored($after: String, $trashed: Boolean) {
  tasks(first: 100, after: $after, filter: { trashed: $trashed }) {
    nodes { title version deletedAt }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Page {
  readonly nodes: readonly { readonly title: string; readonly version: number; readonly deletedAt: string | null }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All tasks of these people, those in the trash too, as the product shows them: nobody reaches its MongoDB from outside. */
export async function storedTasks(client: GraphqlClient, accounts: readonly Account[]): Promise<StoredTask[]> {
  const stored: StoredTask[] = [];
  for (const account of accounts)
    for (const trashed of [false, true]) stored.push(...(await tasksOf(client, account, trashed)));
  return stored;
}

async function tasksOf(
  client: GraphqlClient,
  { id: ownerId, token }: Account,
  trashed: boolean,
): Promise<StoredTask[]> {
  const stored: StoredTask[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { data, errors } = await client.send({ query, variables: { after, trashed }, token });
    if (!data || errors.length > 0) throw new Error(`the tasks can't be read: ${JSON.stringify(errors)}`);
    const { nodes, pageInfo } = data.tasks as Page;
    stored.push(
      ...nodes.map(({ title, version, deletedAt }) => ({ ownerId, title, version, isDeleted: deletedAt !== null })),
    );
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  return stored;
}
