import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectCode, password, simultaneously, UsersApi } from "./users-api.ts";

let stack: Stack;
let users: UsersApi;
let client: mongo.MongoClient;

beforeAll(async () => {
  stack = await startStack({ services: ["users"] });
  users = new UsersApi(stack.users.url);
  client = await mongo.MongoClient.connect(stack.mongodb.uri);
});
afterAll(async () => {
  await client?.close();
  await stack?.[Symbol.asyncDispose]();
});

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

const sessionFields = "id device address createdAt lastUsedAt expiresAt current";
const payload = { refreshToken: "PAYLOAD" };

/** An API client that signs in and keeps its refresh token itself. */
async function signIn(username: string, headers: Record<string, string> = {}): Promise<Tokens> {
  const { data } = await users.query(
    "mutation($input: LoginInput!) { login(input: $input) { accessToken refreshToken } }",
    { input: { username, password, ...payload } },
    { headers },
  );
  return data.login;
}

const refresh = (refreshToken?: string, headers: Record<string, string> = {}) =>
  users.query(
    "mutation($input: RefreshSessionInput) { refreshSession(input: $input) { accessToken refreshToken user { username } } }",
    refreshToken === undefined ? {} : { input: { refreshToken } },
    { headers },
  );

const refreshed = async (refreshToken: string): Promise<Tokens> => (await refresh(refreshToken)).data.refreshSession;

const sessionsOf = async (token: string) =>
  (await users.query(`{ sessions { ${sessionFields} } }`, {}, { token })).data.sessions;

const sessionIdOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] as string, "base64url").toString()).sid;

/** Lets so much time pass for what is stored of a session's refresh tokens. */
async function age(token: string, ms: number): Promise<void> {
  const minus = (field: string) => ({ $cond: [`$${field}`, { $subtract: [`$${field}`, ms] }, null] });
  await client
    .db(stack.databases.users)
    .collection("refreshTokens")
    .updateMany({ sessionId: sessionIdOf(token) }, [
      { $set: { usedAt: minus("usedAt"), expiresAt: minus("expiresAt") } },
    ]);
}

describe("a browser", () => {
  const cookieOf = async (operation: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${stack.users.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query: operation }),
    });
    const [cookie = "", ...more] = response.headers.getSetCookie();
    expect(more).toEqual([]);
    const [pair = "", ...attributes] = cookie.split("; ");
    // biome-ignore lint/suspicious/noExplicitAny: the shape is what each test asserts
    return { body: (await response.json()) as any, pair, attributes };
  };
  const register = (name: string) =>
    cookieOf(
      `mutation { register(input: { username: "${name}", password: "${password}" }) { accessToken refreshToken } }`,
    );

  test("gets the refresh token only in a cookie that no script and no other site can use", async () => {
    const { body, pair, attributes } = await register("browser");
    expect(body.data.register.refreshToken).toBeNull();
    expect(pair).toMatch(/^tareas-session=trt_[\w-]{43}$/);
    expect(attributes.map((attribute) => attribute.split("=")[0]).toSorted()).toEqual([
      "Expires",
      "HttpOnly",
      "Path",
      "SameSite",
      "Secure",
    ]);
    expect(attributes).toContain("SameSite=Strict");
    expect(attributes).toContain("Path=/graphql");
    const expires = Date.parse(attributes.find((attribute) => attribute.startsWith("Expires="))?.slice(8) ?? "");
    expect(expires - Date.now()).toBeGreaterThan(29.9 * 24 * 3_600_000);
    expect(expires - Date.now()).toBeLessThanOrEqual(30 * 24 * 3_600_000);
  });

  test("goes on by its cookie, whose successor comes in the cookie again", async () => {
    const first = await register("renewed");
    const second = await cookieOf("mutation { refreshSession { accessToken refreshToken } }", {
      cookie: `a=b; ${first.pair}`,
    });
    expect(second.body.data.refreshSession).toEqual({ accessToken: expect.any(String), refreshToken: null });
    expect(second.pair).toMatch(/^tareas-session=trt_/);
    expect(second.pair).not.toBe(first.pair);
  });

  test("forgets the cookie when it signs out", async () => {
    const { body, pair } = await register("forgetful");
    const authorization = `Bearer ${body.data.register.accessToken}`;
    const { attributes, pair: emptied } = await cookieOf("mutation { logout { endedSessions } }", {
      authorization,
      cookie: pair,
    });
    expect(emptied).toBe("tareas-session=");
    expect(attributes).toContain("Max-Age=0");
    const { body: after } = await cookieOf("mutation { refreshSession { accessToken } }", { cookie: pair });
    expect(after.errors[0].extensions.code).toBe("UNAUTHENTICATED");
  });

  test("without a session is told to sign in", async () => {
    for (const cookie of ["", "tareas-session=", "tareas-session=trt_x", "other=1"])
      expectCode(await refresh(undefined, { cookie }), "UNAUTHENTICATED");
  });
});

describe("a refresh token", () => {
  test("is good once, and gives its successor and an access token of the same session", async () => {
    await users.newAccount("rotating");
    const first = await signIn("rotating");
    const second = await refreshed(first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(sessionIdOf(second.accessToken)).toBe(sessionIdOf(first.accessToken));
    expect((await users.me(second.accessToken)).data.me.username).toBe("rotating");
    expect(await refreshed(second.refreshToken)).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      user: { username: "rotating" },
    });
  });

  test("that comes back later ends the whole family, whose access tokens are refused at once", async () => {
    await users.newAccount("robbed");
    const spared = await signIn("robbed");
    const stolen = await signIn("robbed");
    const successor = await refreshed(stolen.refreshToken);
    await age(stolen.accessToken, 11_000);
    expectCode(await refresh(stolen.refreshToken), "UNAUTHENTICATED");
    expectCode(await refresh(successor.refreshToken), "UNAUTHENTICATED");
    for (const token of [stolen.accessToken, successor.accessToken])
      expectCode(await users.me(token), "UNAUTHENTICATED");
    expect((await users.me(spared.accessToken)).data.me.username).toBe("robbed");
    expect((await refresh(spared.refreshToken)).errors).toBeUndefined();
  });

  test("that 20 tabs use at the same moment keeps all of them alive", async () => {
    await users.newAccount("tabs");
    const { refreshToken } = await signIn("tabs");
    const tabs = await simultaneously(20, () => refreshed(refreshToken));
    expect(new Set(tabs.map((tab) => tab.refreshToken)).size).toBe(20);
    for (const tab of tabs) expect((await refresh(tab.refreshToken)).errors).toBeUndefined();
    expect(await sessionsOf(tabs[0]?.accessToken as string)).toHaveLength(2);
  });

  test("is over after 30 days", async () => {
    await users.newAccount("holidays");
    const { accessToken, refreshToken } = await signIn("holidays");
    await age(accessToken, 30 * 24 * 3_600_000);
    expectCode(await refresh(refreshToken), "UNAUTHENTICATED");
  });

  test("is no access token, and an access token no refresh token", async () => {
    await users.newAccount("confused");
    const { accessToken, refreshToken } = await signIn("confused");
    expectCode(await users.me(refreshToken), "UNAUTHENTICATED");
    expectCode(await refresh(accessToken), "UNAUTHENTICATED");
  });

  test("is stored nowhere but as a hash", async () => {
    await users.newAccount("hashed");
    const { refreshToken } = await signIn("hashed");
    const { refreshToken: successor } = await refreshed(refreshToken);
    const database = client.db(stack.databases.users);
    const collections = await database.collections();
    const documents = await Promise.all(collections.map((collection) => collection.find().toArray()));
    const stored = JSON.stringify(documents) + stack.users.logs.join("\n");
    for (const token of [refreshToken, successor]) expect(stored).not.toContain(token.slice(4));
  });
});

describe("the sessions of an account", () => {
  test("are listed with device, address and last use, the current one marked, another's not at all", async () => {
    await users.newAccount("several");
    await users.newAccount("stranger");
    const phone = await signIn("several", { "user-agent": "Phone/1.0 \u00e9" });
    const laptop = await signIn("several", { "user-agent": "Laptop/2.0" });
    await refresh(phone.refreshToken, { "user-agent": "Phone/1.1" });
    const [first, second, third, ...more] = await sessionsOf(laptop.accessToken);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ device: "Phone/1.1", address: "127.0.0.1", current: false });
    expect(second).toMatchObject({ device: "Laptop/2.0", current: true });
    expect(third).toMatchObject({ current: false });
    expect(Date.parse(first.lastUsedAt)).toBeGreaterThan(Date.parse(first.createdAt));
  });

  test("end one by one, and what is another's is NOT_FOUND", async () => {
    const { token } = await users.newAccount("ender");
    const other = await signIn("ender");
    const stranger = await users.newAccount("onlooker");
    const end = (id: string, by: string) =>
      users.query("mutation($id: ID!) { endSession(input: { id: $id }) { endedId } }", { id }, { token: by });
    const id = sessionIdOf(other.accessToken);
    expectCode(await end(id, stranger.token), "NOT_FOUND");
    expectCode(await end("nonsense", token), "NOT_FOUND");
    expect((await end(id, token)).data.endSession.endedId).toBe(id);
    expectCode(await end(id, token), "NOT_FOUND");
    expectCode(await users.me(other.accessToken), "UNAUTHENTICATED");
    expectCode(await refresh(other.refreshToken), "UNAUTHENTICATED");
    expect((await users.me(token)).errors).toBeUndefined();
  });

  test("end everywhere", async () => {
    const { token } = await users.newAccount("everywhere");
    const others = [await signIn("everywhere"), await signIn("everywhere")];
    const { data } = await users.query("mutation { logoutEverywhere { endedSessions } }", {}, { token });
    expect(data.logoutEverywhere.endedSessions).toBe(3);
    for (const { accessToken } of [...others, { accessToken: token }])
      expectCode(await users.me(accessToken), "UNAUTHENTICATED");
    expect((await signIn("everywhere")).accessToken).toEqual(expect.any(String));
  });

  test("are at most 100: the ones that were used least lately end", async () => {
    const { id } = await users.newAccount("hoarder");
    const accountId = new mongo.ObjectId(id);
    const createdAt = new Date(Date.now() - 3_600_000);
    const old = Array.from({ length: 100 }, (_, index) => ({
      ...{ _id: `hoarder-${index}` as never, accountId, device: null, address: "127.0.0.1", createdAt },
      lastUsedAt: new Date(createdAt.getTime() + index),
      expiresAt: new Date(Date.now() + 3_600_000),
    }));
    const sessions = client.db(stack.databases.users).collection("sessions");
    await sessions.insertMany(old);
    await signIn("hoarder");
    expect(await sessions.countDocuments({ accountId })).toBe(100);
    expect(await sessions.countDocuments({ accountId, _id: { $in: ["hoarder-0", "hoarder-1"] as never[] } })).toBe(0);
  });
});

describe("changing the password", () => {
  const change = (token: string, currentPassword: string, newPassword: string) =>
    users.query(
      "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions } }",
      { input: { currentPassword, newPassword } },
      { token },
    );

  test("ends all other sessions, and only the new password signs in", async () => {
    const { token } = await users.newAccount("changer");
    const other = await signIn("changer");
    expect((await change(token, password, "another battery")).data.changePassword.endedSessions).toBe(1);
    expectCode(await users.me(other.accessToken), "UNAUTHENTICATED");
    expectCode(await refresh(other.refreshToken), "UNAUTHENTICATED");
    expect((await users.me(token)).data.me.username).toBe("changer");
    expectCode(await users.login("changer", password), "INVALID_CREDENTIALS");
    expect((await users.login("changer", "another battery")).errors).toBeUndefined();
  });

  test("asks for the current one, and takes no bad one", async () => {
    const { token } = await users.newAccount("careful");
    expectCode(await change(token, "a wrong guess", "another battery"), "INVALID_CREDENTIALS");
    expectCode(await change(token, password, "short"), "BAD_USER_INPUT");
    expect((await users.login("careful", password)).errors).toBeUndefined();
  });

  test("leaves no session to those who were signing in with the old one just then", async () => {
    const { token } = await users.newAccount("overtaken");
    const logins = simultaneously(20, () => users.login("overtaken", password));
    const { errors } = await change(token, password, "another battery");
    expect(errors).toBeUndefined();
    const signedIn = (await logins).flatMap(({ data }) => data?.login?.accessToken ?? []);
    for (const accessToken of signedIn) expectCode(await users.me(accessToken), "UNAUTHENTICATED");
    expect(await sessionsOf(token)).toHaveLength(1);
  });

  test("20 times at once succeeds once", async () => {
    const { token } = await users.newAccount("racer");
    const answers = await simultaneously(20, (index) => change(token, password, `new password ${index}`));
    const [winner, ...more] = answers.flatMap(({ errors }, index) => (errors ? [] : [index]));
    expect(more).toEqual([]);
    expect((await users.login("racer", `new password ${winner}`)).errors).toBeUndefined();
  });
});
