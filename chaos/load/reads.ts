import type { Ledger } from "../ledger/ledger.ts";
import type { Account } from "./accounts.ts";
import { type Answer, answerInWords, type GraphqlClient, NoAnswer } from "./graphql-client.ts";
import type { Outcome, Result } from "./sample.ts";

const task = "id title notes completed priority dueDate tags version list { id name color }";
const page = "pageInfo { hasNextPage endCursor } totalCount";

// What a web app asks for to show a page of tasks.
const queries = {
  tasks: `query Tasks { tasks(first: 20) { nodes { ${task} } ${page} } }`,
  me: `query Me { me { id username displayName } }`,
  federated: `query Federated { tasks(first: 20) { nodes { ${task} owner { id username displayName } } ${page} } }`,
};

export type ReadName = keyof typeof queries;

/** Reads once, with no second try. What is another's, or lacks what is there, counts as failed, with the code WRONG_ANSWER. */
export async function read(client: GraphqlClient, name: ReadName, account: Account, ledger: Ledger): Promise<Result> {
  const isRight = (answer: Answer) => holdsTheirOwn(answer, account, ledger);
  return resultOf(() => client.send({ query: queries[name], token: account.token }), isRight);
}

interface Person {
  readonly id: string;
  readonly username: string;
}

interface Page {
  readonly nodes: readonly { readonly title: string; readonly owner?: Person | null }[];
}

/** Whether all that an answer holds is of this person, and a page holds something. */
function holdsTheirOwn({ data }: Answer, account: Account, ledger: Ledger): boolean {
  const { me, tasks } = (data ?? {}) as { me?: Person | null; tasks?: Page | null };
  const isThem = (person: Person) => person.id === account.id && person.username === account.username;
  if (me && !isThem(me)) return false;
  if (!tasks) return true;
  if (tasks.nodes.length === 0) return false;
  return tasks.nodes.every(({ title, owner }) => ledger.ownerOf(title) === account.id && (!owner || isThem(owner)));
}

const signIn = `mutation SignIn($input: LoginInput!) { login(input: $input) { expiresAt } }`;

/** Signs in once: without a key, so that nobody on the way may try it again. */
export async function logIn(client: GraphqlClient, { username, password }: Account): Promise<Result> {
  return resultOf(() => client.send({ query: signIn, variables: { input: { username, password } } }));
}

async function resultOf(
  send: () => Promise<Answer>,
  isRight: (answer: Answer) => boolean = () => true,
): Promise<Result> {
  const startedAt = performance.now();
  const setback = (got: string) => ({ setback: { got, ms: performance.now() - startedAt } });
  try {
    const answer = await send();
    if (!isRight(answer)) return { outcome: "failed", ...withCodes(["WRONG_ANSWER"]), ...setback("a wrong answer") };
    const outcome = outcomeOf(answer);
    const codes = withCodes(answer.errors.map(({ code }) => code));
    return { outcome, ...codes, ...(outcome !== "ok" && setback(answerInWords(answer))) };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { outcome: "failed", ...withCodes([error.code]), ...setback(error.message) };
  }
}

function withCodes(codes: readonly string[]): Pick<Result, "code" | "codes"> {
  const [code] = codes;
  return code === undefined ? {} : { code, codes: [...new Set(codes)] };
}

function outcomeOf({ data, errors, extensions }: Answer): Outcome {
  const isThere = data != null && Object.values(data).every((value) => value !== null);
  if (!isThere) return "failed";
  if (errors.length > 0) return "partial";
  return extensions.stale === undefined ? "ok" : "stale";
}
