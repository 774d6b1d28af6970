import type { Viewer } from "@tareas/service-kit/auth/viewer";

/** An account with other rights, such as an API token's, is another viewer; so is nobody. */
export function viewerKey(viewer: Viewer): string {
  if (viewer.id === null) return "anonymous";
  const { sub, scope = null } = viewer.requireClaims();
  return JSON.stringify([sub, scope]);
}

/** All of a representation: what it holds beside the key may decide about the fields too (`@requires`). */
export function entityKey(subgraph: string, { __typename, ...keys }: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(keys).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([subgraph, __typename, ...entries]);
}
