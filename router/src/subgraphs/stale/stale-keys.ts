import type { Viewer } from "@tareas/service-kit/auth/viewer";

/** An account with other rights, such as an API token's, is another viewer; so is nobody. */
export function viewerKey(viewer: Viewer): string {
  if (viewer.id === null) return "anonymous";
  const { sub, scope = null } = viewer.requireClaims();
  return JSON.stringify([sub, scope]);
}

/** All of a representation: what it holds beside the key may decide about the fields too (`@requires`). */
export function entityKey(subgraph: string, representation: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(representation);
  const [only = ""] = names.filter((name) => name !== "__typename");
  const value = representation[only];
  // Nearly all have a key of one text, and this runs for every entity of every answer. No JSON begins like this.
  if (names.length === 2 && typeof value === "string")
    return `${subgraph}\n${String(representation.__typename)}\n${only}\n${value}`;
  const entries = Object.entries(representation).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([subgraph, ...entries]);
}
