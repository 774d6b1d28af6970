import type { DemoAccount } from "./demo/demo-account.ts";
import { askGraphql, fetchGraphql, type GraphqlAnswer } from "./demo/graphql-request.ts";
import { logIn } from "./demo/sign-in.ts";
import { waitUntil } from "./wait-until.ts";

const timeoutMs = 30_000;

/** Resolves when a query that needs both subgraphs is answered by both, through the router. */
export async function federatedQueryAnswers(routerUrl: string, signal?: AbortSignal): Promise<void> {
  const query = `query Ready { me { username } taskLists { id } }`;
  const isAnswered = async () => {
    const answer = await askGraphql(routerUrl, { query }).catch(() => undefined);
    return answer !== undefined && bothSubgraphsSpoke(answer);
  };
  await waitUntil(isAnswered, { timeoutMs, what: "a federated query to be answered", signal, pollMs: 50 });
}

/** Without a token the tasks subgraph refuses: that is an answer, and its own. */
function bothSubgraphsSpoke({ data, errors = [] }: GraphqlAnswer<unknown>): boolean {
  return data !== undefined && errors.every(({ extensions }) => extensions?.code === "UNAUTHENTICATED");
}

/** The same as a signed-in user, with an entity of one subgraph inside the other's. Throws what it is answered. */
export async function demoUserIsServed(routerUrl: string, account: DemoAccount): Promise<void> {
  const token = await logIn(routerUrl, account);
  const query = `query ReadyForDemo { me { username } tasks(first: 1) { nodes { title owner { username } } } }`;
  await fetchGraphql(routerUrl, { query, token });
}
