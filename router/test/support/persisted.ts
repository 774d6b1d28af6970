import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Answer, routerOn } from "./router.ts";

type Router = Awaited<ReturnType<typeof routerOn>>;

/** How a test names an operation: by its text, by a hash, or by both. */
export interface Operation {
  readonly query?: string;
  readonly sha256Hash?: string;
  readonly version?: number;
}

export const preflighted = { "apollo-require-preflight": "1" };
export const typename = { data: { __typename: "Query" } };
export const sha256 = (text: string) => hash("sha256", text);

const folder = join(import.meta.dirname, "../..");
export const manifestPath = join(folder, "trusted-documents.json");

/** A router on the product's supergraph, both of whose subgraphs are down. */
export async function lonelyRouter(env: NodeJS.ProcessEnv = {}): Promise<Router> {
  const nowhere = "http://127.0.0.1:9/graphql";
  const supergraph = await readFile(join(folder, "supergraph.graphql"), "utf8");
  return routerOn(supergraph, { SUBGRAPH_URL_USERS: nowhere, SUBGRAPH_URL_TASKS: nowhere, ...env });
}

const extensionsOf = ({ sha256Hash, version = 1 }: Operation) =>
  sha256Hash === undefined ? {} : { extensions: { persistedQuery: { version, sha256Hash } } };

export async function answerOf(sent: Promise<Response>): Promise<Answer> {
  const response = await sent;
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer["body"] };
}

/** Sends an operation by POST, with other members of the body if need be. */
export const post = ({ url }: Router, { query, ...persisted }: Operation, others: object = {}) =>
  answerOf(
    fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...(query !== undefined && { query }), ...extensionsOf(persisted), ...others }),
    }),
  );

/** Sends an operation by GET. */
export function get(
  { url }: Router,
  { query, ...persisted }: Operation,
  headers: Record<string, string> = preflighted,
) {
  const { extensions } = extensionsOf(persisted);
  const search = new URLSearchParams({
    ...(query !== undefined && { query }),
    ...(extensions && { extensions: JSON.stringify(extensions) }),
  });
  return answerOf(fetch(`${url}/graphql?${search}`, { headers }));
}

/** The status, and the code of each error. */
export const codesOf = ({ status, body }: Answer) => [
  status,
  ...(body.errors ?? []).map(({ extensions }) => extensions.code),
];

/** An operation of the web app. */
export async function trusted(name: string) {
  const { operations } = JSON.parse(await readFile(manifestPath, "utf8"));
  const { id, body } = operations.find((one: { name: string }) => one.name === name);
  return { query: body as string, sha256Hash: id as string };
}
