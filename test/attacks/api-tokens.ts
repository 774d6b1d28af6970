import { waitUntil } from "@tareas/local-stack/wait-until";
import { newApiToken as madeUpToken } from "@tareas/service-kit/auth/api-token";
import { newApiToken } from "../support/api-token.ts";
import { type Person, send } from "../support/person.ts";
import { routerCredential } from "../support/router-credential.ts";
import { type Attack, type Outcome, type Protection, subgraphs, type Target } from "./attack.ts";
import { outcomeOf } from "./support/answers.ts";
import { newPerson } from "./support/product.ts";

// What a program's token may not do, and when nobody may use it.

const access = "service-kit/src/graphql/access.ts";
const service = "subgraphs/users/src/api-tokens/api-token-service.ts";
const router = "router/src/auth/api-tokens.ts";

const ownerAt = async ({ product }: Target): Promise<Person> =>
  (await newPerson(product.urls.users, product.serviceKeyFile)).at(product.urls.users);

/** The access token that a subgraph gets in place of an API token, as somebody might who listens behind the router. */
async function exchanged({ product }: Target, token: string): Promise<string> {
  const response = await fetch(`${product.urls.users}/internal/api-tokens/exchange`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(await routerCredential(product.serviceKeyFile, "users")) },
    body: JSON.stringify({ token }),
  });
  return ((await response.json()) as { grant: { accessToken: string } }).grant.accessToken;
}

/** Asks with a token of these scopes for what they do not hold. */
const escalation = (
  name: string,
  at: Attack["at"],
  { scopes, query }: { scopes: readonly string[]; query: string },
): Attack => ({
  name,
  at,
  async attempt(target): Promise<Outcome> {
    const { token } = await newApiToken(await ownerAt(target), scopes);
    const bearer = target.server === "router" ? token : await exchanged(target, token);
    return outcomeOf(await send(target.url, query, {}, { authorization: `Bearer ${bearer}` }), "FORBIDDEN");
  },
});

const ask = ({ url }: Target, token: string) => send(url, "{ me { id } }", {}, { authorization: `Bearer ${token}` });

export const apiTokenProtections: readonly Protection[] = [
  {
    name: "the scopes of API tokens",
    off: [
      {
        file: access,
        from: 'if (!viewer.isScoped || access === "any") return;',
        to: "if (what !== undefined) return;",
      },
      // A token is made with a session that goes on: an API token has none, so this alone would refuse one of the rows.
      { file: service, from: "if (!goesOn) throw", to: "if (!goesOn && input === null) throw" },
    ],
    attacks: [
      escalation("writing with a scope to read", ["router", "tasks"], {
        scopes: ["tasks:read"],
        query: 'mutation { createTask(input: { title: "x" }) { task { id } } }',
      }),
      escalation("reading tasks with the scope of the account", ["router", "tasks"], {
        scopes: ["account:read"],
        query: "{ tasks { totalCount } }",
      }),
      escalation("reading the account with the scopes of tasks", ["router", "users"], {
        scopes: ["tasks:read", "tasks:write"],
        query: "{ me { email } }",
      }),
      escalation("making another token with a token", ["router", "users"], {
        scopes: ["account:read", "tasks:read", "tasks:write"],
        query:
          'mutation { createApiToken(input: { name: "x", scopes: ["tasks:write"], expiresInDays: 365 }) { token } }',
      }),
      escalation("listing the owner's tokens", ["router", "users"], {
        scopes: ["account:read"],
        query: "{ apiTokens { id } }",
      }),
      escalation("listing the owner's sessions", ["router", "users"], {
        scopes: ["account:read"],
        query: "{ sessions { id } }",
      }),
      escalation("ending the owner's sessions", ["router", "users"], {
        scopes: ["account:read", "tasks:read", "tasks:write"],
        query: "mutation { logoutEverywhere { endedSessions } }",
      }),
    ],
  },
  {
    name: "that a revoked API token is good for nothing",
    off: [
      { file: service, from: "await this.#records.deleteMany({ _id: { $in: ids } }, { session });", to: "" },
      {
        file: service,
        from: "return this.#parts.revocations.record(ids.map(sessionIdOf), session);",
        to: "return ids as never[];",
      },
      { file: service, from: "    this.#parts.revocations.announce(revoked);\n  }\n", to: "  }\n" },
    ],
    attacks: [
      {
        name: "an API token after its revocation",
        at: ["router"],
        async attempt(target): Promise<Outcome> {
          const owner = await ownerAt(target);
          const { token, id } = await newApiToken(owner, ["account:read"]);
          if ((await ask(target, token)).errors.length > 0) throw new Error("the token was never good");
          await owner.get("mutation($id: ID!) { revokeApiToken(input: { id: $id }) { revokedId } }", { id });
          const isRefused = async () => outcomeOf(await ask(target, token), "UNAUTHENTICATED") === "refused";
          const options = { timeoutMs: target.product.revokedWithinMs, what: "the token to be refused" };
          return waitUntil(isRefused, options).then(
            () => "refused" as const,
            () => "succeeded" as const,
          );
        },
      },
    ],
  },
  {
    name: "the end of API tokens",
    off: [
      {
        file: service,
        from: "findOne({ tokenHash: secretHash(token), expiresAt: { $gt: now } })",
        to: "findOne({ tokenHash: secretHash(token) })",
      },
      { file: service, from: ", notAfter: expiresAt", to: "" },
    ],
    attacks: [
      {
        name: "an API token that is over",
        at: ["router"],
        async attempt(target): Promise<Outcome> {
          const { token, id } = await newApiToken(await ownerAt(target), ["account:read"]);
          await target.product.database
            .collection<{ _id: string }>("apiTokens")
            .updateOne({ _id: id }, { $set: { expiresAt: new Date(Date.now() - 1_000) } });
          return outcomeOf(await ask(target, token), "UNAUTHENTICATED");
        },
      },
    ],
  },
  {
    name: "that an API token counts to its last character",
    off: [
      { file: router, from: "if (!isApiToken(apiToken)) throw refused();", to: "void isApiToken;" },
      { file: service, from: "if (!isApiToken(token)) return null;", to: "void isApiToken;" },
      {
        file: service,
        from: "findOne({ tokenHash: secretHash(token), expiresAt: { $gt: now } })",
        to: "findOne({ tokenHash: { $ne: secretHash(token) }, expiresAt: { $gt: now } })",
      },
    ],
    attacks: [
      ["cut short", (token: string) => token.slice(0, -1)] as const,
      ["with another end", (token: string) => `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`] as const,
      ["in capitals", (token: string) => `tpat_${token.slice(5).toUpperCase()}`] as const,
      ["made up, with the right checksum", () => madeUpToken()] as const,
    ].map(([what, change]) => ({
      name: `an API token ${what}`,
      at: ["router"] as const,
      async attempt(target: Target): Promise<Outcome> {
        const { token } = await newApiToken(await ownerAt(target), ["account:read"]);
        // What it may do is another question: whoever's token it is taken for may have other scopes.
        const headers = { authorization: `Bearer ${change(token)}` };
        return outcomeOf(await send(target.url, "{ __typename }", {}, headers), "UNAUTHENTICATED");
      },
    })),
  },
  {
    name: "that subgraphs know no API tokens",
    off: [
      {
        file: "service-kit/src/auth/viewer.ts",
        from: "return new Viewer(await verifier.verify(bearerToken(header)));",
        to: 'const token = bearerToken(header);\n  return token.startsWith("tpat_") ? Viewer.anonymous : new Viewer(await verifier.verify(token));',
      },
    ],
    attacks: [
      {
        name: "an API token, not exchanged",
        at: subgraphs,
        async attempt(target): Promise<Outcome> {
          const { token } = await newApiToken(await ownerAt(target), ["account:read", "tasks:read"]);
          const headers = { authorization: `Bearer ${token}` };
          return outcomeOf(await send(target.url, "{ __typename }", {}, headers), "UNAUTHENTICATED");
        },
      },
    ],
  },
];
