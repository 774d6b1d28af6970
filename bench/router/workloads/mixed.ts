import { idOf, viewerKey } from "../stub/placeholders.ts";
import type { Operation } from "./operation.ts";

/** Selections of a task, some of them with people in them, who are in another subgraph. */
const taskSelections = [
  "id title",
  "id title completed priority",
  "id title dueDate tags version",
  "id title owner { displayName }",
  "id title completed owner { id username }",
  "title priority dueDate owner { username displayName }",
  "id title list { id name }",
  "id title list { id name color owner { displayName } }",
  "id version createdAt updatedAt owner { id displayName } list { name }",
  "id notes tags",
];

/** Ways to get at tasks: in a page of one's own, by lists, by oneself; `$` stands for the selection of a task. */
const ways = [
  "tasks(first: 5, after: $after) { nodes { $ } }",
  "tasks(first: 10, after: $after) { edges { cursor node { $ } } pageInfo { hasNextPage endCursor } }",
  "tasks(first: 20, after: $after, filter: { text: $text }) { nodes { $ } totalCount }",
  "tasks(first: 10, after: $after, filter: { completed: false, text: $text }, orderBy: { field: DUE_DATE }) { nodes { $ } }",
  "taskLists { id name counts { open completed } tasks(first: 3, after: $after) { nodes { $ } } }",
  "me { username tasks(first: 10, after: $after) { nodes { $ } } }",
  "me { id displayName tasks(first: 5, after: $after, filter: { text: $text }) { edges { node { $ } } } }",
  "user(id: $userId) { username displayName } tasks(first: 5, after: $after) { nodes { $ } }",
  "me { id } taskLists { name owner { username } } tasks(first: 3, after: $after) { nodes { $ } }",
  "task(id: $userId) { $ } taskLists { id name }",
];

/** Of a way and a selection there are two operations: what they begin with differs. */
const beginnings = ["", "__typename "];

/** The variables that there may be, and their types. */
const typeOf = { after: "String", text: "String", userId: "ID!" } as const;

/** It declares the variables that it uses, and no other. */
function documentOf(name: string, fields: string): string {
  const used = Object.entries(typeOf).filter(([variable]) => fields.includes(`$${variable}`));
  return `query ${name}(${used.map(([variable, type]) => `$${variable}: ${type}`).join(", ")}) { ${fields} }`;
}

/** 200 documents, no two of them alike, as the views of an app would send them. */
export const mixedOperations: readonly string[] = ways.flatMap((way, w) =>
  taskSelections.flatMap((selection, s) =>
    beginnings.map((beginning, b) =>
      documentOf(`Mixed_${w}_${s}_${b}`, `${beginning}${way.replace("{ $ }", `{ ${selection} }`)}`),
    ),
  ),
);

/** An operation of a viewer, with the variables that it declares. */
export function mixedOperationOf(viewer: number): Operation {
  const query = mixedOperations[viewer % mixedOperations.length] as string;
  const all = { after: `after-${viewer}`, text: `pan ${viewer}`, userId: idOf(viewerKey(viewer), viewer % 3) };
  const variables = Object.fromEntries(Object.entries(all).filter(([name]) => query.includes(`$${name}:`)));
  return { query, variables };
}
