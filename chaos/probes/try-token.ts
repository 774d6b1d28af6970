import { type ServiceName, serviceNames } from "@tareas/local-stack/services";
import type { Stack } from "@tareas/local-stack/start-stack";
import type { TokenCase } from "./token-cases.ts";

export type Verdict = "accepted" | "refused" | "undecided";

/** A process of a service, spoken to without anything in between. */
export interface Door {
  readonly service: ServiceName;
  readonly url: string;
}

/** Every process of every server. */
export const doorsOf = ({ processes }: Stack): Door[] =>
  serviceNames.flatMap((service) => processes[service].map(({ url }) => ({ service, url })));

const timeoutMs = 10_000;
// What only somebody who is signed in gets, and what everybody gets whose token, if there is one, is good.
const own = { router: "{ me { id } taskLists { id } }", users: "{ me { id } }", tasks: "{ taskLists { id } }" };
const harmless = "{ __typename }";

/**
 * Asks with a token for what tells whether it counts. A good one has to give what is its owner's; a bad one may not even
 * pass for none.
 */
export async function tryToken({ service, url }: Door, { token, isGood }: TokenCase): Promise<Verdict> {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: isGood ? own[service] : harmless }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { data, errors = [] } = (await response.json()) as GraphqlAnswer;
    if (errors.length > 0)
      return errors.every(({ extensions }) => extensions?.code === "UNAUTHENTICATED") ? "refused" : "undecided";
    return data && Object.values(data).every((value) => value !== null) ? "accepted" : "undecided";
  } catch {
    return "undecided"; // no answer is no verdict, and is counted as such
  }
}

interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}
