import { hash } from "node:crypto";
import { type DocumentNode, getOperationAST, parse, print } from "graphql";
import * as sessionOperations from "../client/src/features/session/operations.ts";
import { createApollo } from "../client/src/features/sync/apollo.ts";

/**
 * The manifest of every operation that the web app can send, to the letter, as Apollo's tools write it. It is made of the
 * app's own modules, some of which are generated: those have to be current.
 */
export async function trustedDocuments(): Promise<string> {
  const bodies = [...Object.values(sessionOperations), ...(await bodiesOfDocuments())];
  const operations = bodies.map((body) => {
    const { name, operation: type } = getOperationAST(parse(body)) ?? {};
    return { id: hash("sha256", body), name: name?.value ?? "", type, body };
  });
  operations.sort((a, b) => (a.name < b.name || (a.name === b.name && a.id < b.id) ? -1 : 1));
  return `${JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations }, null, 2)}\n`;
}

/** Writes that wait on a device are sent as they stand, all else as Apollo Client prints it. */
async function bodiesOfDocuments(): Promise<string[]> {
  const generated = await import("../client/src/generated/graphql.ts");
  const { currentTask, writeDocuments } = await import("../client/src/features/sync/write-documents.ts");
  const asTheyStand = new Set<DocumentNode>([...Object.values(writeDocuments), currentTask]);
  const sent = Object.values<DocumentNode>(generated).filter(isSent);
  return Promise.all(sent.map((document) => (asTheyStand.has(document) ? print(document) : printedByApollo(document))));
}

/** Fragments are sent with operations, and what asks for something that only the app knows is answered by its cache. */
const isSent = (document: DocumentNode) => getOperationAST(document) != null && !print(document).includes("@client");

/** What the web app's Apollo Client makes of a document: it is told to send it, and what comes out is not sent on. */
async function printedByApollo(document: DocumentNode): Promise<string> {
  const { promise: body, resolve } = Promise.withResolvers<string>();
  const fetch = async (_: unknown, init?: RequestInit) => {
    resolve(String(init?.body));
    return Response.json({ data: null });
  };
  const apollo = createApollo({ fetch, doneWrites: () => 0, onAnswer: () => {}, onUnauthenticated: () => {} });
  const isQuery = getOperationAST(document)?.operation === "query";
  await (isQuery
    ? apollo.query({ query: document, fetchPolicy: "no-cache" })
    : apollo.mutate({ mutation: document, fetchPolicy: "no-cache" }));
  return (JSON.parse(await body) as { query: string }).query;
}
