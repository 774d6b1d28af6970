import type { Lab } from "../lab/lab.ts";
import type { Account } from "../load/accounts.ts";
import { type Disguise, disguisesFor, elsewhere, fromElsewhere, stolenTokens } from "./disguises.ts";
import type { Probe } from "./probe.ts";
import { Tally } from "./tally.ts";
import { type Theft, theftsFrom } from "./thefts.ts";
import { registerVictim, type Victim } from "./victim.ts";
import { stateOf } from "./victims-state.ts";

/** Calls every process of both subgraphs as somebody else, past the router, and looks for what is the victim's. */
export const spoofedIdentity: Probe = (lab) => spoof(lab, disguisesFor);

/** The thief has the victim's own token, too: a run that does not tell this proves nothing. */
export const spoofedIdentityWithStolenToken: Probe = (lab) =>
  spoof(lab, async (subgraph, parties) => [
    ...(await disguisesFor(subgraph, parties)),
    ...(await stolenTokens(subgraph, parties)),
  ]);

async function spoof(lab: Lab, disguises: typeof disguisesFor): Promise<Record<string, number>> {
  const tally = newTally();
  const { victim, thief } = await registerVictim(lab);
  const before = await stateOf(lab.stack, victim);
  await Promise.all(
    (["users", "tasks"] as const).map(async (subgraph) => {
      const all = await disguises(subgraph, { victim, thief, lab });
      await Promise.all(lab.stack.processes[subgraph].map(({ url }) => tryAll(url, subgraph, { all, victim, tally })));
    }),
  );
  const after = await stateOf(lab.stack, victim);
  tally.add("writes done for another", Object.keys(before).filter((name) => before[name] !== after[name]).length);
  tally.add("sign-ins from an address of one's own choice", await believedAddresses(lab, thief));
  return tally.counts;
}

const newTally = () =>
  new Tally(
    "attempts",
    "attempts without an answer of GraphQL",
    "answers that held what is another's",
    "writes done for another",
    "sign-ins from an address of one's own choice",
  );

interface Trial {
  readonly all: readonly Disguise[];
  readonly victim: Victim;
  readonly tally: ReturnType<typeof newTally>;
}

async function tryAll(url: string, subgraph: "users" | "tasks", { all, victim, tally }: Trial): Promise<void> {
  for (const { name, headers } of all)
    for (const theft of theftsFrom[subgraph](victim)) {
      const text = await send(url, theft, headers);
      tally.add("attempts");
      if (!isAnswer(text)) tally.addOne("attempts without an answer of GraphQL", name);
      if (text.includes(victim.secret)) tally.addOne("answers that held what is another's", name);
    }
}

const timeoutMs = 10_000;

/** The body of the answer; empty when there is none. */
async function send(url: string, { query, variables }: Theft, headers: Disguise["headers"]): Promise<string> {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return await response.text();
  } catch {
    return ""; // which is counted
  }
}

/** Data, or coded errors of ours: a mistake in the query itself would try nothing. */
const isAnswer = (text: string) => /^\{"(data|errors)":/.test(text) && !/GRAPHQL_|INTERNAL_SERVER_ERROR/.test(text);

const signIn = "mutation SignIn($input: LoginInput!) { login(input: $input) { expiresAt } }";

/** How many of the thief's sessions stand under an address that was only claimed. */
async function believedAddresses({ stack }: Lab, { username, password, token }: Account): Promise<number> {
  for (const { url } of stack.processes.users)
    await send(url, { query: signIn, variables: { input: { username, password } } }, fromElsewhere);
  const sessions = { query: "{ sessions { address } }", variables: {} };
  const listed = await send(stack.users.url, sessions, { authorization: `Bearer ${token}` });
  return listed.split(elsewhere).length - 1;
}
