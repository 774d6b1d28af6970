import { waitUntil } from "@tareas/local-stack/wait-until";
import type { Person } from "../support/person.ts";
import { send } from "../support/person.ts";
import { type Attack, everywhere, type Protection, type Target } from "./attack.ts";
import { outcomeOf } from "./support/answers.ts";
import { newPerson, password } from "./support/product.ts";

// Stolen refresh tokens, sessions that have ended, and the cookie of a browser.

const sessions = "subgraphs/users/src/sessions/session-service.ts";
const accounts = "subgraphs/users/src/accounts/account-service.ts";
const cookie = "subgraphs/users/src/sessions/session-cookie.ts";
const dataSource = "router/src/subgraphs/data-source.ts";

const victimAt = async ({ url, product }: Target): Promise<Person> =>
  (await newPerson(product.urls.users, product.serviceKeyFile)).at(url);

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Signs in again and keeps the refresh token. */
async function signIn({ url, username }: Person): Promise<Tokens> {
  const { data } = await send<{ login: Tokens }>(
    url,
    "mutation($input: LoginInput!) { login(input: $input) { accessToken refreshToken } }",
    { input: { username, password, refreshToken: "PAYLOAD" } },
  );
  return data.login;
}

const refresh = (url: string, refreshToken: string) =>
  send<{ refreshSession: Tokens } | null>(
    url,
    "mutation($input: RefreshSessionInput) { refreshSession(input: $input) { accessToken refreshToken } }",
    { input: { refreshToken } },
  );

const sessionOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).sid;

/** Lets more than the ten seconds of grace pass for the refresh tokens that a session has used. */
const graceIsOver = ({ product }: Target, token: string) =>
  product.database
    .collection("refreshTokens")
    .updateMany({ sessionId: sessionOf(token), usedAt: { $ne: null } }, { $set: { usedAt: new Date(0) } });

const atUsers = ["router", "users"] as const;

/** Somebody else has the victim's refresh token when the session ends. */
const refreshAfter = (name: string, end: (victim: Person, stolen: Tokens) => Promise<unknown>): Attack => ({
  name: `going on with a stolen refresh token after ${name}`,
  at: atUsers,
  async attempt(target) {
    const victim = await victimAt(target);
    const stolen = await signIn(victim);
    await end(victim, stolen);
    return outcomeOf(await refresh(target.url, stolen.refreshToken), "UNAUTHENTICATED");
  },
});

/** Somebody else has one of the victim's access tokens when its session ends. */
const askAfter = (name: string, end: (victim: Person, stolen: Tokens) => Promise<unknown>): Attack => ({
  name: `a stolen access token after ${name}`,
  at: everywhere,
  async attempt(target) {
    const { url, product } = target;
    const victim = (await victimAt(target)).at(product.urls.users);
    const stolen = await signIn(victim);
    await end(victim, stolen);
    const ask = async () =>
      outcomeOf(
        await send(url, "{ __typename }", {}, { authorization: `Bearer ${stolen.accessToken}` }),
        "UNAUTHENTICATED",
      );
    const isRefused = async () => (await ask()) === "refused";
    const options = { timeoutMs: product.revokedWithinMs, what: "the token to be refused" };
    return waitUntil(isRefused, options).then(
      () => "refused" as const,
      () => "succeeded" as const,
    );
  },
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const ends: Readonly<Record<string, (victim: Person, stolen: Tokens) => Promise<unknown>>> = {
  "signing out": ({ url }, { accessToken }) =>
    send(url, "mutation { logout { endedSessions } }", {}, bearer(accessToken)),
  "ending the session from another one": (victim, { accessToken }) =>
    victim.get("mutation($id: ID!) { endSession(input: { id: $id }) { endedId } }", { id: sessionOf(accessToken) }),
  "signing out everywhere": (victim) => victim.get("mutation { logoutEverywhere { endedSessions } }"),
  "a change of the password": changePassword,
};

function changePassword(victim: Person): Promise<unknown> {
  const input = { currentPassword: password, newPassword: `${password} staple` };
  return victim.get("mutation($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions } }", {
    input,
  });
}

const sayAll = <T>(make: (name: string, end: (victim: Person, stolen: Tokens) => Promise<unknown>) => T) =>
  Object.entries(ends).map(([name, end]) => make(name, end));

export const sessionProtections: readonly Protection[] = [
  {
    name: "the single use of refresh tokens",
    off: [
      { file: sessions, from: "usedAt !== null && now.getTime()", to: "false && usedAt !== null && now.getTime()" },
    ],
    attacks: [
      {
        name: "a stolen refresh token that the victim has used before",
        at: atUsers,
        async attempt(target) {
          const stolen = await signIn(await victimAt(target));
          await refresh(target.url, stolen.refreshToken);
          await graceIsOver(target, stolen.accessToken);
          return outcomeOf(await refresh(target.url, stolen.refreshToken), "UNAUTHENTICATED");
        },
      },
    ],
  },
  {
    name: "the end of a session whose refresh token comes back",
    off: [
      {
        file: sessions,
        from: "return { revoked: await this.#endStolen(sessionId, client, session) };",
        to: "return undefined;",
      },
    ],
    attacks: [
      {
        name: "a thief who was first, and goes on after the victim came",
        at: atUsers,
        async attempt(target) {
          const stolen = await signIn(await victimAt(target));
          const { data } = await refresh(target.url, stolen.refreshToken);
          await graceIsOver(target, stolen.accessToken);
          await refresh(target.url, stolen.refreshToken); // the victim's turn
          return outcomeOf(await refresh(target.url, data?.refreshSession.refreshToken ?? ""), "UNAUTHENTICATED");
        },
      },
    ],
  },
  {
    name: "that the refresh tokens of ended sessions are gone",
    off: [
      { file: sessions, from: "await this.#models.Session.deleteMany({ _id: { $in: ids } }, { session });", to: "" },
      {
        file: sessions,
        from: "await this.#models.RefreshToken.deleteMany({ sessionId: { $in: ids } }, { session });",
        to: "",
      },
    ],
    attacks: sayAll(refreshAfter),
  },
  {
    name: "the revocation of access tokens",
    off: [
      {
        file: "service-kit/src/auth/access-token.ts",
        from: "if (this.#parts.revocations.has(claims))",
        to: "if (this.#parts.revocations.has(claims) && false)",
      },
    ],
    attacks: [
      ...sayAll(askAfter),
      askAfter("the account's deletion", (victim) =>
        victim.get("mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedId } }", {
          input: { password },
        }),
      ),
    ],
  },
  {
    name: "that a changed password ends the other sessions",
    off: [{ file: accounts, from: "return sessions.endAllIn(sub, sid, session);", to: "return [];" }],
    attacks: [
      refreshAfter("a change of the password by the victim", changePassword),
      askAfter("a change of the password by the victim", changePassword),
    ],
  },
  {
    name: "the attributes of the session cookie",
    off: [
      { file: cookie, from: 'httpOnly: true, secure: true, sameSite: "strict"', to: 'sameSite: "none"' },
      { file: cookie, from: 'const path = "/graphql";', to: 'const path = "/";' },
    ],
    attacks: [
      cookieWithout("HttpOnly", "a script that reads the cookie"),
      cookieWithout("Secure", "listening to the cookie on an open line"),
      cookieWithout("SameSite=Strict", "another site that has the browser send the cookie"),
      cookieWithout("Path=/graphql", "a cookie that goes to every page"),
    ],
  },
  {
    name: "that the session cookie is for the users subgraph alone",
    off: [
      {
        file: dataSource,
        from: "...(this.#holdsSessions && context.sessionCookie &&",
        to: "...(context.sessionCookie &&",
      },
      { file: dataSource, from: "if (this.#holdsSessions) response.setCookies", to: "response.setCookies" },
    ],
    attacks: [
      {
        name: "a tasks subgraph gone bad that reads the session cookie",
        at: ["router"],
        attempt: async (target) => {
          await (await victimAt(target)).ask("{ taskLists { id } }", {}, { headers: { cookie: sessionCookie } });
          return heard(target, "tasks", "tareas-session") ? "succeeded" : "refused";
        },
      },
      {
        name: "a tasks subgraph gone bad that sets the session cookie",
        at: ["router"],
        attempt: async (target) => {
          const { tasks } = target.product.wires;
          tasks.smuggledCookies = [sessionCookie];
          const response = await ask(target, "{ taskLists { id } }", (await victimAt(target)).token);
          tasks.smuggledCookies = [];
          return response.headers.getSetCookie().length > 0 ? "succeeded" : "refused";
        },
      },
    ],
  },
  {
    name: "that no other cookie passes the router",
    off: [
      { file: "router/src/graphql/session-cookie.ts", from: ".find(isSessionCookie)", to: ".find(() => true)" },
      { file: dataSource, from: ".filter(isSessionCookie)", to: ".filter(() => true)" },
    ],
    attacks: [
      {
        name: "a subgraph that reads the client's other cookies",
        at: ["router"],
        attempt: async (target) => {
          await (await victimAt(target)).ask("{ me { id } }", {}, { headers: { cookie: "bank=secret" } });
          return heard(target, "users", "bank=secret") ? "succeeded" : "refused";
        },
      },
      {
        name: "a subgraph that sets cookies of its own",
        at: ["router"],
        attempt: async (target) => {
          const { users } = target.product.wires;
          users.smuggledCookies = ["tracker=1"];
          const response = await ask(target, "{ me { id } }", (await victimAt(target)).token);
          users.smuggledCookies = [];
          return response.headers.getSetCookie().length > 0 ? "succeeded" : "refused";
        },
      },
    ],
  },
];

const sessionCookie = `tareas-session=trt_${"x".repeat(43)}`;

function heard({ product }: Target, subgraph: "users" | "tasks", cookie: string): boolean {
  return product.wires[subgraph].overheard.some(({ headers }) => headers.cookie?.includes(cookie));
}

const ask = ({ url }: Target, query: string, token: string) =>
  fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...bearer(token) },
    body: JSON.stringify({ query }),
  });

function cookieWithout(attribute: string, name: string): Attack {
  return {
    name,
    at: atUsers,
    async attempt(target) {
      const { username } = await victimAt(target);
      const response = await fetch(`${target.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          query: `mutation { login(input: { username: "${username}", password: "${password}" }) { accessToken } }`,
        }),
      });
      const [setCookie = ""] = response.headers.getSetCookie();
      if (!setCookie.startsWith("tareas-session=trt_")) throw new Error("no session cookie was set");
      return setCookie.split("; ").includes(attribute) ? "refused" : "succeeded";
    },
  };
}
