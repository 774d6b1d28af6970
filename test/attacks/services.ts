import { readFile } from "node:fs/promises";
import jwt from "jsonwebtoken";
import { type GraphQLAnswer, send } from "../support/person.ts";
import { routerCredential } from "../support/router-credential.ts";
import { type Attack, type Outcome, type Protection, subgraphs, type Target } from "./attack.ts";
import { outcomeOf } from "./support/answers.ts";
import { newPerson, password } from "./support/product.ts";

// Somebody inside the network speaks to a subgraph as if it were the router, or as if the router had said who it is.

const credential = "service-kit/src/auth/service-token.ts";
const routerOnly = "service-kit/src/graphql/router-only.ts";
const address = "service-kit/src/http/client-address.ts";
const internal = "service-kit/src/auth/internal-route.ts";

interface Claims {
  readonly iss?: string;
  readonly aud?: string;
  readonly exp?: number;
}

/** A service token as the router's own, but for what the attack changes. */
async function forged({ product, server }: Target, claims: Claims = {}, { secret = "", typ = "service+jwt" } = {}) {
  const [own = ""] = (await readFile(product.serviceKeyFile, "utf8")).split("\n");
  const exp = Math.floor(Date.now() / 1_000) + 60;
  const all = { iss: "router", aud: server, exp, ...claims };
  return jwt.sign(JSON.stringify(all), secret || own, { algorithm: "HS256", header: { alg: "HS256", typ } });
}

type MakeHeaders = (target: Target) => Promise<Record<string, string>>;

/** What is the victim's, asked for through the fields of federation. */
const askEntities = (
  { url, server, product }: Target,
  headers: Record<string, string>,
  token = product.victim.token,
): Promise<GraphQLAnswer<{ _entities: unknown[] } | null>> =>
  send(
    url,
    "query($of: [_Any!]!) { _entities(representations: $of) { __typename } }",
    { of: [{ __typename: server === "users" ? "User" : "TaskList", id: product.victim.id }] },
    { authorization: `Bearer ${token}`, ...headers },
  );

const federation = (who: string, headers: MakeHeaders): Attack[] => [
  {
    name: `_entities ${who}`,
    at: subgraphs,
    attempt: async (target) =>
      outcomeOf(await askEntities(target, await headers(target)), "UNAUTHENTICATED", "FORBIDDEN"),
  },
  {
    name: `_service ${who}`,
    at: subgraphs,
    attempt: async (target) =>
      outcomeOf(
        await send(target.url, "{ _service { sdl } }", {}, await headers(target)),
        "UNAUTHENTICATED",
        "FORBIDDEN",
      ),
  },
];

const internalRoute = (who: string, headers: MakeHeaders): Attack => ({
  name: `/internal/revocations ${who}`,
  at: ["users"],
  async attempt(target): Promise<Outcome> {
    const { status } = await fetch(`${target.url}/internal/revocations`, { headers: await headers(target) });
    if (status === 200) return "succeeded";
    if (status === 401 || status === 403) return "refused";
    throw new Error(`status ${status}`);
  },
});

const everyDoor = (who: string, headers: MakeHeaders): Attack[] => [
  ...federation(who, headers),
  internalRoute(who, headers),
];

const serviceToken =
  (...changes: [Claims?, { secret?: string; typ?: string }?]): MakeHeaders =>
  async (target) => ({ "x-service-token": await forged(target, ...changes) });

const secondsAgo = (seconds: number) => Math.floor(Date.now() / 1_000) - seconds;

/** Says in a header who is asking, and asks who that is. */
const identity = (header: string): Attack => ({
  name: `the header ${header} in place of a token`,
  at: ["router", "users"],
  async attempt({ url, product }) {
    const { data } = await send<{ me: object | null }>(url, "{ me { id } }", {}, { [header]: product.victim.id });
    return data.me === null ? "refused" : "succeeded";
  },
});

const identityHeaders = [
  "x-user-id",
  "x-user",
  "x-forwarded-user",
  "x-auth-request-user",
  "x-remote-user",
  "remote-user",
];

const addressHeaders = ["x-forwarded-for", "x-real-ip", "true-client-ip", "cf-connecting-ip", "x-client-ip"];

/** The address that the victim's list of sessions shows for a sign-in that claims to come from elsewhere. */
const spoofedAddress = (header: string): Attack => ({
  name: `a client address of one's own choice in ${header}`,
  at: ["router", "users"],
  async attempt({ url, product }) {
    const victim = await newPerson(product.urls.users, product.serviceKeyFile);
    const input = { username: victim.username, password };
    await send(
      url,
      "mutation($input: LoginInput!) { login(input: $input) { expiresAt } }",
      { input },
      { [header]: "203.0.113.7" },
    );
    const { sessions } = await victim.get<{ sessions: { address: string }[] }>("{ sessions { address } }");
    return sessions.some(({ address }) => address === "203.0.113.7") ? "succeeded" : "refused";
  },
});

export const serviceProtections: readonly Protection[] = [
  {
    name: "that federation's fields need a service token",
    off: [
      { file: routerOnly, from: "if (context.caller === null) throw", to: "if (context.caller === undefined) throw" },
      {
        file: routerOnly,
        from: 'if (context.caller !== "router") throw',
        to: "if (context.caller === undefined) throw",
      },
    ],
    attacks: [
      ...federation("without a service token", async () => ({})),
      ...federation("with another server's token", serviceToken({ iss: "tasks" })),
      ...federation("with a token that names nobody", serviceToken({ iss: "" })),
    ],
  },
  {
    name: "that internal routes need a service token",
    off: [
      { file: internal, from: "if (caller === null) throw", to: "if (caller === undefined) throw" },
      { file: internal, from: "if (!callers.includes(caller)) throw", to: "if (caller === undefined) throw" },
    ],
    attacks: [
      internalRoute("without a service token", async () => ({})),
      internalRoute("with an access token alone", async ({ product }) => ({
        authorization: `Bearer ${product.victim.token}`,
      })),
      internalRoute("with the token of a server that has no business there", serviceToken({ iss: "users" })),
    ],
  },
  {
    name: "the signature of service tokens",
    off: [
      {
        file: credential,
        from: "jwt.verify(token, secret, { ...options, complete: true })",
        to: "jwt.decode(token, { ...options, complete: true }) as jwt.Jwt",
      },
      { file: credential, from: "header.typ !== serviceTokenType || ", to: "" },
    ],
    attacks: [
      ...everyDoor("with a token that is signed by another key", serviceToken({}, { secret: "s".repeat(43) })),
      ...everyDoor("with an unsigned token", async (target) => ({
        "x-service-token": `${Buffer.from('{"alg":"none","typ":"service+jwt"}').toString("base64url")}.${(await forged(target)).split(".")[1]}.`,
      })),
    ],
  },
  {
    name: "the audience of service tokens",
    off: [{ file: credential, from: '["HS256" as const], audience,', to: '["HS256" as const],' }],
    attacks: [
      ...everyDoor("with a token for another server", serviceToken({ aud: "elsewhere" })),
      ...everyDoor("with a token for all servers", serviceToken({ aud: "*" })),
    ],
  },
  {
    name: "the end of service tokens",
    off: [
      { file: credential, from: "clockTolerance: clockToleranceSeconds", to: "ignoreExpiration: true" },
      { file: credential, from: " || payload.exp === undefined", to: "" },
    ],
    attacks: [
      ...everyDoor("with a token that is over", async (target) => ({
        "x-service-token": await forged(target, { exp: secondsAgo(10) }),
      })),
      ...everyDoor("with a token without end", async (target) => ({
        "x-service-token": await forged(target, { exp: undefined as never }),
      })),
    ],
  },
  {
    name: "the type of service tokens",
    off: [{ file: credential, from: "header.typ !== serviceTokenType || ", to: "" }],
    attacks: [...everyDoor("with another kind of token of the same secret", serviceToken({}, { typ: "at+jwt" }))],
  },
  {
    name: "that a user's token is no service token",
    off: [
      {
        file: credential,
        from: "jwt.verify(token, secret, { ...options, complete: true })",
        to: '{ header: { typ: serviceTokenType }, payload: { ...(jwt.decode(token) as jwt.JwtPayload), iss: "router" } }',
      },
    ],
    attacks: everyDoor("with the victim's access token for a service token", async ({ product }) => ({
      "x-service-token": product.victim.token,
    })),
  },
  {
    name: "that identity comes from the token alone",
    off: [
      {
        file: "service-kit/src/graphql/subgraph-server.ts",
        from: "viewer: await authenticate(authorizationOf(request), verifier),",
        to: `viewer: ${JSON.stringify(identityHeaders)}.some((name) => headers[name])
      ? new (await import("../auth/viewer.ts")).Viewer({
          sub: String(${JSON.stringify(identityHeaders)}.map((name) => headers[name]).find(Boolean)), sid: "", exp: 0 })
      : await authenticate(authorizationOf(request), verifier),`,
      },
      {
        file: "router/src/graphql/context.ts",
        from: 'const forwardedHeaders = ["user-agent",',
        to: `const forwardedHeaders = [...${JSON.stringify(identityHeaders)}, "user-agent",`,
      },
    ],
    attacks: identityHeaders.map(identity),
  },
  {
    name: "that the router alone says where a client is",
    off: [
      { file: "service-kit/src/http/client.ts", from: 'caller === "router" ? headers', to: 'caller !== "" ? headers' },
      {
        file: "router/src/graphql/context.ts",
        from: "{ [clientAddressHeader]: ip }",
        to: "{ [clientAddressHeader]: String(headers[clientAddressHeader] ?? ip) }",
      },
    ],
    attacks: [spoofedAddress("x-client-address")],
  },
  {
    name: "that only a trusted proxy says where a client is",
    off: [
      {
        file: address,
        from: "const entry = hops > 0 ? entries.at(-hops)?.trim() : undefined;",
        to: "const entry = entries[0]?.trim();",
      },
      {
        file: address,
        from: 'headers["x-forwarded-for"]?.toString()',
        to: `${JSON.stringify(addressHeaders)}.map((name) => headers[name]).find(Boolean)?.toString()`,
      },
    ],
    attacks: addressHeaders.map(spoofedAddress),
  },
  {
    name: "that the router's own token shows nobody another's",
    off: [
      {
        file: "subgraphs/users/src/accounts/account-model.ts",
        from: "(id === viewerId && record.email)",
        to: "(viewerId && record.email)",
      },
      {
        file: "subgraphs/tasks/src/lists/list-service.ts",
        from: "find({ ownerId, _id, deletion: null })",
        to: "find({ _id, deletion: null })",
      },
    ],
    attacks: [
      {
        name: "another's e-mail address by _entities",
        at: ["users"],
        async attempt({ url, product }) {
          const { database, serviceKeyFile } = product;
          const [victim, thief] = await Promise.all([0, 1].map(() => newPerson(product.urls.users, serviceKeyFile)));
          if (!victim || !thief) throw new Error("nobody is there");
          const email = `${victim.username}@example.org`;
          await database.collection("accounts").updateOne({ username: victim.username }, { $set: { email } });
          const { data } = await send<{ _entities: { email: string | null }[] }>(
            url,
            "query($of: [_Any!]!) { _entities(representations: $of) { ... on User { email } } }",
            { of: [{ __typename: "User", id: victim.id }] },
            { authorization: `Bearer ${thief.token}`, ...(await routerCredential(serviceKeyFile, "users")) },
          );
          return data._entities[0]?.email === email ? "succeeded" : "refused";
        },
      },
      {
        name: "another's list by _entities",
        at: ["tasks"],
        async attempt({ url, product }) {
          const { serviceKeyFile } = product;
          const [victim, thief] = await Promise.all([0, 1].map(() => newPerson(product.urls.users, serviceKeyFile)));
          if (!victim || !thief) throw new Error("nobody is there");
          const { taskLists } = await victim.at(url).get<{ taskLists: { id: string }[] }>("{ taskLists { id } }");
          const { data } = await send<{ _entities: ({ name: string } | null)[] }>(
            url,
            "query($of: [_Any!]!) { _entities(representations: $of) { ... on TaskList { name } } }",
            { of: [{ __typename: "TaskList", id: taskLists[0]?.id }] },
            { authorization: `Bearer ${thief.token}`, ...(await routerCredential(serviceKeyFile, "tasks")) },
          );
          return data._entities[0] ? "succeeded" : "refused";
        },
      },
    ],
  },
];
