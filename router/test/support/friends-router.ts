import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { use } from "./counts-router.ts";
import { routerOn } from "./router.ts";
import { type Received, scriptedSubgraph } from "./scripted-subgraph.ts";

const feedSdl = `
  type Query { feed: [Task!]  last: Task }
  type Task { title: String!  owner: User }
  type User @key(fields: "id") { id: ID! }`;
const usersSdl = `
  type Query { nobody: String }
  type User @key(fields: "id") {
    id: ID!  username: String!  displayName: String!  email: String  createdAt: String!
    greeting(language: Language): String  address: Address
  }
  type Address { city: String }
  enum Language { EN ES }`;

export interface People {
  readonly [id: string]: { readonly username: string; readonly displayName: string; readonly email?: null };
}
type Users = Awaited<ReturnType<typeof scriptedSubgraph>>;
type Answer = Users["state"]["answer"];

/** Answers for entities as a real subgraph does, as far as the selection goes: fields and aliases. */
export const people =
  (all: People) =>
  ({ query, variables }: Received) => ({
    data: { _entities: variables.representations?.map(({ id }) => one(all[id], query, variables)) },
  });

function one(person: People[string] | undefined, query: string, variables: object) {
  if (!person) return null;
  const { username } = person;
  const values: Record<string, unknown> = {
    ...{ email: `${username}@x`, createdAt: "today", greeting: `hi ${username}`, address: { city: "Lima" } },
    ...person,
  };
  const given = variables as Record<string, unknown>;
  const selections = query.matchAll(
    /(?:(\w+): ?)?\b(username|displayName|email|createdAt|greeting|address)\b([^@}\w]*@(skip|include)\(if: ?\$(\w+)\))?/g,
  );
  return Object.fromEntries(
    [...selections].flatMap(([, alias, name = "", , directive, variable = ""]) =>
      directive && Boolean(given[variable]) === (directive === "skip") ? [] : [[alias ?? name, values[name]]],
    ),
  );
}

const page: Answer = () => (response) => void response.writeHead(503).end("no upstream");
const hang: Answer = () => () => {};
const database: Answer = ({ variables: { representations = [] } }) => ({
  data: { _entities: representations.map(() => null) },
  errors: representations.map((_, index) => ({
    message: "The users subgraph can't be reached.",
    path: ["_entities", index],
    extensions: { code: "SUBGRAPH_UNAVAILABLE", subgraph: "users" },
  })),
});

const answering =
  (answer: Answer) =>
  async ({ state }: Users) => {
    state.answer = answer;
  };

/** Ways in which the users subgraph can be out of reach. */
export const fail = {
  answer: page,
  page: answering(page),
  hang: answering(hang),
  database: answering(database),
  gone: (users: Users) => users[Symbol.asyncDispose](),
};

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The headers of a viewer whose access token has these claims. */
export function asViewer(claims: { sub: string; scope?: string }): Record<string, string> {
  const exp = Math.floor(Date.now() / 1_000) + 600;
  const all = { iss: "https://tareas.example", aud: "tareas", sid: `s${claims.sub}`, exp, ...claims };
  const text = `${base64url({ alg: "RS256", typ: "at+jwt", kid: "k1" })}.${base64url(all)}`;
  return { authorization: `Bearer ${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}` };
}

async function serveKeys(): Promise<string> {
  const server = createServer((_, response) => {
    const key = { ...publicKey.export({ format: "jwk" }), kid: "k1", use: "sig", alg: "RS256" };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [key] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  use({
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
}

const owners = ["1", "2", "1"];
const task = (id: string, index: number) => ({ title: `task ${index + 1}`, owner: { __typename: "User", id } });

/** The subgraph `feed` gives tasks what keys they ask for: three of them, of Ana, Bea and Ana. */
const feed = ({ query }: Received) => {
  const keys = Object.fromEntries(
    [...query.matchAll(/(\w+): ?(feed|owner)\b/g)].map(([, alias, name]) => [name, alias]),
  );
  const tasks = owners.map((id, index) => {
    const { title, owner } = task(id, index);
    return { title, [keys.owner ?? "owner"]: owner };
  });
  return { data: { [keys.feed ?? "feed"]: tasks, last: tasks.at(-1) } };
};

/** A router on a feed of tasks whose owners, Ana and Bea, are in the users subgraph. */
export async function friendsRouter(env: NodeJS.ProcessEnv = {}) {
  const tasks = use(await scriptedSubgraph(feed));
  const users = await scriptedSubgraph(
    people({ 1: { username: "ana", displayName: "Ana" }, 2: { username: "bea", displayName: "Bea" } }),
  );
  const definitions = [
    { name: "feed", url: tasks.url, sdl: feedSdl },
    { name: "users", url: users.url, sdl: usersSdl },
  ];
  const router = use(
    await routerOn(definitions, { AUTH_JWKS_URL: await serveKeys(), SUBGRAPH_BREAKER_FAILURES: "0", ...env }),
  );
  return { router, users };
}
