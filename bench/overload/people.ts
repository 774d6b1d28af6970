import { Person } from "../../test/support/person.ts";

const query = "{ tasks(first: 20) { nodes { id title owner { displayName } } } }";
const people = 20;
const tasksEach = 20;

export interface AskedFor {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Registers people with tasks, and gives the query of each for a page of them, with their owner. */
export async function requestsOfNewPeople(url: string): Promise<AskedFor[]> {
  const requests: AskedFor[] = [];
  while (requests.length < people) requests.push(await requestOfNewPerson(url));
  return requests;
}

async function requestOfNewPerson(url: string): Promise<AskedFor> {
  const person = await Person.register(url);
  const create = "mutation($title: String!) { createTask(input: { title: $title }) { task { id } } }";
  for (let n = 0; n < tasksEach; n++) await person.get(create, { title: `Task ${n}` });
  return { headers: { authorization: `Bearer ${person.token}` }, body: JSON.stringify({ query }) };
}

/** Whoever asks is a different person in life: sharing what the same person asks at the same time would flatter the servers. */
export const noSharing = { SUBGRAPH_SHARE_IDENTICAL: "false" };
