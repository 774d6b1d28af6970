import type { Account } from "./accounts.ts";
import { type Answer, type GraphqlClient, NoAnswer } from "./graphql-client.ts";
import type { Outcome, Sample } from "./sample.ts";

type Result = Pick<Sample, "outcome" | "code" | "tries">;

const task = "id title notes completed priority dueDate tags version list { id name color }";
const page = "pageInfo { hasNextPage endCursor } totalCount";

// What a web app asks for to show a page of tasks.
const queries = {
  tasks: `query Tasks { tasks(first: 20) { nodes { ${task} } ${page} } }`,
  me: `query Me { me { id username displayName } }`,
  federated: `query Federated { tasks(first: 20) { nodes { ${task} owner { id username displayName } } ${page} } }`,
};

export type ReadName = keyof typeof queries;

/** Reads once, with no second try. */
export async function read(client: GraphqlClient, name: ReadName, { token }: Account): Promise<Result> {
  return resultOf(() => client.send({ query: queries[name], token }));
}

const signIn = `mutation SignIn($input: LoginInput!) { login(input: $input) { expiresAt } }`;

/** Signs in once: without a key, so that nobody on the way may try it again. */
export async function logIn(client: GraphqlClient, { username, password }: Account): Promise<Result> {
  return resultOf(() => client.send({ query: signIn, variables: { input: { username, password } } }));
}

async function resultOf(send: () => Promise<Answer>): Promise<Result> {
  try {
    const answer = await send();
    const code = answer.errors[0]?.code;
    return { outcome: outcomeOf(answer), ...(code !== undefined && { code }) };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { outcome: "failed", code: error.code };
  }
}

function outcomeOf({ data, errors, extensions }: Answer): Outcome {
  const isThere = data != null && Object.values(data).every((value) => value !== null);
  if (!isThere) return "failed";
  if (errors.length > 0) return "partial";
  return extensions.stale === undefined ? "ok" : "stale";
}
