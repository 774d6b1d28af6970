import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routerCredential } from "../../../test/support/router-credential.ts";
import { plansOf } from "./profiler.ts";
import { expectCode, expectFields, password, simultaneously, UsersApi } from "./users-api.ts";

interface Event {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly address: string | null;
  readonly device: string | null;
  readonly sessionId: string | null;
  readonly count: number;
}

// What is tested here is what comes of many tries, not what keeps them few.
const patient = {
  THROTTLE_LOGIN_FREE: "1000",
  THROTTLE_LOGIN_ADDRESS_FREE: "1000",
  THROTTLE_LOGIN_NAME_FREE: "1000",
};

let stack: Stack;
let users: UsersApi;
let client: mongo.MongoClient;

beforeAll(async () => {
  stack = await startStack({ services: ["users"], env: { users: { REFRESH_REUSE_GRACE_SECONDS: "0", ...patient } } });
  users = new UsersApi(stack.users.url);
  client = await mongo.MongoClient.connect(stack.mongodb.uri);
});
afterAll(async () => {
  await client?.close();
  await stack?.[Symbol.asyncDispose]();
});

const database = () => client.db(stack.databases.users);
const stored = () => database().collection("securityEvents");

/** The headers of a request that the router passes on for a client at an address. */
const through = async (address: string, device = "Test/1") => ({
  headers: {
    ...(await routerCredential(stack.serviceKeyFile, "users")),
    "x-client-address": address,
    "user-agent": device,
  },
});

const selection =
  "nodes { id type at address device sessionId count } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor }";

const page = (token: string, args = "") => users.query(`{ securityEvents${args} { ${selection} } }`, {}, { token });

async function eventsOf(token: string): Promise<Event[]> {
  const { data, errors } = await page(token, "(first: 100)");
  expect(errors).toBeUndefined();
  return data.securityEvents.nodes;
}

/** Waits for failed sign-ins, which are written down a moment later, to be so many. */
const failuresOf = (token: string, count: number): Promise<Event[]> =>
  waitUntil(
    async () => {
      const failures = (await eventsOf(token)).filter(({ type }) => type === "SIGN_IN_FAILED");
      return failures.reduce((sum, failure) => sum + failure.count, 0) >= count && failures;
    },
    { timeoutMs: 10_000, what: `${count} failed sign-ins` },
  );

/** Puts so many events into an account's trail, several to a millisecond. */
async function insertEvents(accountId: string, count: number): Promise<void> {
  const records = Array.from({ length: count }, (_, index) => ({
    _id: new mongo.ObjectId().toHexString(),
    accountId: new mongo.ObjectId(accountId),
    type: "SIGNED_IN",
    at: new Date(Date.now() - 60_000 - Math.floor(index / 7)),
    address: "192.0.2.1",
    device: null,
    sessionId: null,
    detail: null,
    count: 1,
  }));
  await stored().insertMany(records as never);
}

describe("each of these is an event with its address and device:", () => {
  const signInFrom = async (username: string, address: string) => {
    const input = { username, password, refreshToken: "PAYLOAD" };
    const answer = await users.query(
      "mutation($input: LoginInput!) { login(input: $input) { accessToken refreshToken } }",
      { input },
      await through(address),
    );
    return answer.data.login as { accessToken: string; refreshToken: string };
  };
  const send = async (operation: string, token: string, variables: object = {}) => {
    const { headers } = await through("192.0.2.9", "Phone/2");
    const answer = await users.query(operation, variables, { token, headers });
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const phone = { address: "192.0.2.9", device: "Phone/2" };

  test("registering, and the sign-in that comes with it", async () => {
    const { data } = await users.register({ username: "trail.one", password }, await through("192.0.2.1", "Browser/1"));
    const events = await eventsOf(data.register.accessToken);
    expect(events.map(({ type }) => type)).toEqual(["SIGNED_IN", "REGISTERED"]);
    for (const event of events) {
      expect(event).toMatchObject({ address: "192.0.2.1", device: "Browser/1", count: 1 });
      expect(Date.now() - Date.parse(event.at)).toBeLessThan(10_000);
    }
    expect(events[0]?.sessionId).toEqual(expect.any(String));
  });

  test("signing out, here and everywhere", async () => {
    const { token } = await users.newAccount("trail.two");
    const { accessToken: second } = await signInFrom("trail.two", "192.0.2.2");
    await send("mutation { logout { endedSessions } }", second);
    const [out] = await eventsOf(token);
    expect(out).toMatchObject({ type: "SIGNED_OUT", ...phone, sessionId: expect.any(String) });
    await send("mutation { logoutEverywhere { endedSessions } }", token);
    const { accessToken } = await signInFrom("trail.two", "192.0.2.2");
    expect((await eventsOf(accessToken)).filter(({ type }) => type === "SIGNED_OUT")).toHaveLength(2);
  });

  test("ending a session from another", async () => {
    const { token } = await users.newAccount("trail.three");
    await signInFrom("trail.three", "192.0.2.3");
    const [{ sessionId }] = (await eventsOf(token)) as [Event];
    await send("mutation($input: EndSessionInput!) { endSession(input: $input) { endedId } }", token, {
      input: { id: sessionId },
    });
    expect((await eventsOf(token))[0]).toMatchObject({ type: "SESSION_ENDED", ...phone, sessionId });
  });

  test("changing the password", async () => {
    const { token } = await users.newAccount("trail.four");
    const operation = "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions } }";
    await send(operation, token, { input: { currentPassword: password, newPassword: "another password" } });
    expect((await eventsOf(token))[0]).toMatchObject({ type: "PASSWORD_CHANGED", ...phone });
  });

  test("changing the e-mail address", async () => {
    const { token } = await users.newAccount("trail.mail");
    const operation = "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } } }";
    await send(operation, token, { input: { email: "trail.mail@example.com", currentPassword: password } });
    await send(operation, token, { input: { displayName: "Another" } });
    expect((await eventsOf(token))[0]).toMatchObject({ type: "EMAIL_CHANGED", ...phone });
  });

  test("a refresh token that comes back", async () => {
    const { token } = await users.newAccount("trail.five");
    const { refreshToken } = await signInFrom("trail.five", "192.0.2.5");
    const refresh = "mutation($input: RefreshSessionInput) { refreshSession(input: $input) { accessToken } }";
    await send(refresh, token, { input: { refreshToken } });
    const again = await users.query(refresh, { input: { refreshToken } }, await through("203.0.113.66", "Thief/1"));
    expectCode(again, "UNAUTHENTICATED");
    const thief = { address: "203.0.113.66", device: "Thief/1", sessionId: expect.any(String) };
    expect((await eventsOf(token))[0]).toMatchObject({ type: "REFRESH_TOKEN_REUSED", ...thief });
  });

  test("a sign-in with a wrong password, by name or by e-mail address", async () => {
    const { token } = await users.newAccount("trail.six", { email: "trail.six@example.com" });
    for (const name of ["trail.six", "trail.six@example.com"])
      expectCode(
        await users.login(name, "wrong password", await through("203.0.113.7", "Guess/1")),
        "INVALID_CREDENTIALS",
      );
    const [failure] = await failuresOf(token, 2);
    expect(failure).toMatchObject({ address: "203.0.113.7", device: "Guess/1", count: 2 });
  });
});

test("a change that is begun again, because another holds what it needs, leaves one event", async () => {
  const { token, id } = await users.newAccount("begun.again");
  await users.login("begun.again", password);
  const accountId = new mongo.ObjectId(id);
  const change = () =>
    users.query(
      "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions } }",
      { input: { currentPassword: password, newPassword: "another password" } },
      { token },
    );
  const holder = client.startSession();
  try {
    holder.startTransaction();
    const held = { $set: { lastUsedAt: new Date() } };
    await database().collection("sessions").updateMany({ accountId }, held, { session: holder });
    const conflicts = async () => (await database().admin().serverStatus()).transactions.totalAborted as number;
    const before = await conflicts();
    const changed = change();
    const meets = async () => (await conflicts()) > before + 1;
    await waitUntil(meets, { timeoutMs: 10_000, what: "the change to be begun again" });
    await holder.abortTransaction();
    expect((await changed).data.changePassword.endedSessions).toBe(1);
  } finally {
    await holder.endSession();
  }
  expect((await eventsOf(token)).filter(({ type }) => type === "PASSWORD_CHANGED")).toHaveLength(1);
});

describe("failed sign-ins", () => {
  test("of a name that nobody has leave nothing", async () => {
    const { token } = await users.newAccount("somebody");
    await users.login("nobody.at.all", "wrong password", await through("203.0.113.99"));
    await users.login("somebody", "wrong password", await through("203.0.113.98"));
    await failuresOf(token, 1); // written after the other would have been
    expect(await stored().countDocuments({ address: "203.0.113.99" })).toBe(0);
  });

  test("of one address within the hour are one event, however many", async () => {
    const { token } = await users.newAccount("flooded");
    const from = await through("203.0.113.10");
    for (let round = 0; round < 5; round++)
      await simultaneously(10, () => users.login("flooded", "wrong password", from));
    const failures = await failuresOf(token, 50);
    // Two, should the hour end just now.
    expect(failures.length).toBeLessThanOrEqual(2);
    expect(failures.reduce((sum, { count }) => sum + count, 0)).toBe(50);
  });

  test("of two hundred addresses are a few dozen events", async () => {
    const { token, id } = await users.newAccount("besieged");
    const { headers } = await through("");
    for (let round = 0; round < 4; round++)
      await simultaneously(50, (index) => {
        const address = `198.51.${round}.${index}`;
        return users.login("besieged", "wrong password", { headers: { ...headers, "x-client-address": address } });
      });
    const failures = await failuresOf(token, 200);
    expect(failures.reduce((sum, { count }) => sum + count, 0)).toBe(200);
    expect(await stored().countDocuments({ accountId: new mongo.ObjectId(id), type: "SIGN_IN_FAILED" })).toBeLessThan(
      65,
    );
    // Those that share an event name no address, rather than a wrong one.
    expect(failures.some(({ address, count }) => address === null && count > 1)).toBe(true);
  });

  test.each(["$passwordHash", "$$ROOT", '{"$literal":1}'])(
    "of a device that calls itself %s keep it as it is",
    async (device) => {
      const { token } = await users.newAccount(`literal.${device.length}`);
      await users.login(`literal.${device.length}`, "wrong password", await through("203.0.113.11", device));
      expect(await failuresOf(token, 1)).toMatchObject([{ device }]);
    },
  );
});

describe("with the account", () => {
  test("an export is an event, and holds them", async () => {
    const { token } = await users.newAccount("exported");
    const { data, errors } = await users.query("{ exportMyData { account } }", {}, { token });
    expect(errors).toBeUndefined();
    const types = (data.exportMyData.account.securityEvents as Event[]).map(({ type }) => type);
    expect(types).toEqual(["DATA_EXPORTED", "SIGNED_IN", "REGISTERED"]);
  });

  test("all of them go, also those that are not written down yet", async () => {
    const { token, id } = await users.newAccount("leaving");
    const { token: other } = await users.newAccount("staying");
    for (const name of ["leaving", "staying"]) await users.login(name, "wrong password");
    const deletion = "mutation($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedId } }";
    expect((await users.query(deletion, { input: { password } }, { token })).errors).toBeUndefined();
    await failuresOf(other, 1); // noted after, and written down after
    expect(await stored().countDocuments({ accountId: new mongo.ObjectId(id) })).toBe(0);
  });
});

describe("securityEvents", () => {
  test("needs a signed-in viewer, and shows nobody another's", async () => {
    expectCode(await page(""), "UNAUTHENTICATED");
    const ana = await users.newAccount("own.ana");
    const bob = await users.newAccount("own.bob");
    const annas = await eventsOf(ana.token);
    const bobs = await eventsOf(bob.token);
    expect(bobs).toHaveLength(2);
    expect(bobs.map(({ id }) => id)).not.toEqual(expect.arrayContaining(annas.map(({ id }) => id)));
    // A cursor of Ana's leads nowhere but among Bob's own.
    const { data } = await page(ana.token, "(first: 1)");
    const after = await page(bob.token, `(after: "${data.securityEvents.pageInfo.endCursor}")`);
    for (const { id } of after.data.securityEvents.nodes) expect(bobs.map((event) => event.id)).toContain(id);
  });

  test("pages through all of them, the newest first, none twice and none left out", async () => {
    const { token, id } = await users.newAccount("paged");
    await insertEvents(id, 150);
    const seen: Event[] = [];
    let after = "";
    for (;;) {
      const { data } = await page(token, `(first: 20${after})`);
      const { nodes, pageInfo } = data.securityEvents;
      expect(pageInfo.hasPreviousPage).toBe(after !== "");
      seen.push(...nodes);
      if (!pageInfo.hasNextPage) break;
      expect(nodes).toHaveLength(20);
      after = `, after: "${pageInfo.endCursor}"`;
    }
    expect(new Set(seen.map((event) => event.id)).size).toBe(152);
    expect(seen).toHaveLength(152);
    const times = seen.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test.each([
    ["(first: 101)", { first: "TOO_LARGE" }],
    ["(first: -1)", { first: "TOO_SMALL" }],
    ['(after: "nonsense")', { after: "INVALID_CURSOR" }],
    [`(after: "${Buffer.from('[{"$gt":0},{"$gt":""}]').toString("base64url")}")`, { after: "INVALID_CURSOR" }],
  ])("%s is refused", async (args, fields) => {
    const { token } = await users.newAccount(`args${Math.random().toString(36).slice(2)}`);
    expectFields(await page(token, args), fields);
  });

  test("reads an index, and of it no more than the page", async () => {
    const { token, id } = await users.newAccount("indexed.events");
    await insertEvents(id, 300);
    const { data } = await page(token, "(first: 100)");
    const second = `(first: 100, after: "${data.securityEvents.pageInfo.endCursor}")`;
    const plans = await plansOf(database(), "securityEvents", () => page(token, second));
    expect(plans).toEqual(["IXSCAN { accountId: 1, at: -1, _id: -1 }"]);
    const profile = database().collection("system.profile");
    const profiled = await profile.findOne({ ns: `${stack.databases.users}.securityEvents`, op: "query" });
    expect(profiled?.keysExamined).toBeLessThan(120);
    expect(profiled?.docsExamined).toBeLessThan(120);
    expect(profiled?.hasSortStage).toBeUndefined();
  });

  test("are kept for 90 days", async () => {
    const { expireAfterSeconds } = (await stored().indexes()).find(({ name }) => name === "expiry") ?? {};
    expect(expireAfterSeconds).toBe(90 * 24 * 60 * 60);
  });
});
