import type { Viewer } from "@tareas/service-kit/auth/viewer";

/** An account with other rights, such as an API token's, is another viewer; so is nobody. */
export function viewerKey(viewer: Viewer): string {
  if (viewer.id === null) return "anonymous";
  const { sub, scope = null } = viewer.requireClaims();
  return JSON.stringify([sub, scope]);
}

/** By all of a representation's text: what it holds beside the key may decide about the fields too (`@requires`). */
export const entityKey = (subgraph: string, representation: string): string => `${subgraph}\n${representation}`;
