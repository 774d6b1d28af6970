import { fetchOwners, fetchTasks } from "./fetches.ts";
import { startLimitServer } from "./limit-server.ts";

// What somebody would write by hand for the workload `tasks20`, and nothing else: two fetches, and a merge of what they bring.

interface Owner {
  readonly id: string;
}

interface TasksAnswer {
  readonly data: { readonly tasks: { readonly edges: { readonly node: { owner: Owner | null } }[] } };
}

interface OwnersAnswer {
  readonly data: { readonly _entities: readonly (Owner | null)[] };
}

startLimitServer(async (body, { users, tasks }) => {
  const { variables } = JSON.parse(body);
  const answer = JSON.parse(await tasks(JSON.stringify({ query: fetchTasks, variables }))) as TasksAnswer;
  const nodes = answer.data.tasks.edges.map(({ node }) => node);
  const ids = [...new Set(nodes.flatMap(({ owner }) => (owner ? [owner.id] : [])))];
  const representations = ids.map((id) => ({ __typename: "User", id }));
  const owners = JSON.parse(await users(JSON.stringify({ query: fetchOwners, variables: { representations } })));
  const byId = new Map((owners as OwnersAnswer).data._entities.map((owner, index) => [ids[index], owner]));
  for (const node of nodes) node.owner = (node.owner && byId.get(node.owner.id)) ?? null;
  return JSON.stringify(answer);
});
