import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { mongo } from "mongoose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientsOfRouter } from "../../../test/support/router-credential.ts";
import { expectCode, password, simultaneously, UsersApi } from "./users-api.ts";
import { startUsersProcess, type UsersProcess } from "./users-process.ts";

// Delays here are of a minute, so that none ends while a slow machine counts the tries before it.
const limits = {
  THROTTLE_FIRST_DELAY_MS: "60000",
  THROTTLE_LOGIN_FREE: "5",
  THROTTLE_LOGIN_ADDRESS_FREE: "20",
  THROTTLE_LOGIN_NAME_FREE: "12",
  THROTTLE_PASSWORD_CHANGE_FREE: "3",
  THROTTLE_REGISTER_FREE: "4",
  THROTTLE_REFRESH_FREE: "4",
};

let stack: Stack;
let users: UsersApi;
let replica: UsersProcess;
let client: mongo.MongoClient;
let headersAt: (address: string) => Record<string, string>;

beforeAll(async () => {
  stack = await startStack({ services: ["users"], env: { users: limits } });
  users = new UsersApi(stack.users.url);
  replica = await startUsersProcess(settings());
  client = await mongo.MongoClient.connect(stack.mongodb.uri);
  headersAt = await clientsOfRouter(stack.serviceKeyFile, "users");
});
afterAll(async () => {
  await client?.close();
  await replica?.[Symbol.asyncDispose]();
  await stack?.[Symbol.asyncDispose]();
});

/** The settings of one more users subgraph on the stack's database. */
const settings = (more: NodeJS.ProcessEnv = {}) => ({
  MONGODB_URI: stack.mongodb.uri,
  MONGODB_DATABASE: stack.databases.users,
  AUTH_PRIVATE_KEY_FILE: stack.serviceKeyFile.replace("service.key", "access-token.pem"),
  SERVICE_KEY_FILE: stack.serviceKeyFile,
  ...limits,
  ...more,
});

let networks = 0;
/** An address that no other test uses. */
const newAddress = () => `198.18.${++networks >> 8}.${networks & 255}`;

const login = (name: string, secret: string, address: string, at = users) =>
  at.login(name, secret, { headers: headersAt(address) });
const wrong = (name: string, address: string, at = users) => login(name, "a wrong guess", address, at);
const codeOf = ({ errors }: Awaited<ReturnType<typeof login>>) => errors?.[0]?.extensions.code;

/** Makes an account at an address, which by that is familiar. */
async function account(username: string): Promise<{ username: string; token: string; home: string }> {
  const home = newAddress();
  const { data } = await users.register({ username, password }, { headers: headersAt(home) });
  return { username, token: data.register.accessToken, home };
}

async function wrongTimes(times: number, name: string, addressOf: (index: number) => string): Promise<void> {
  for (let index = 0; index < times; index++) expectCode(await wrong(name, addressOf(index)), "INVALID_CREDENTIALS");
}

/** Lets all delays that run now end. */
const endDelays = () => throttles().updateMany({}, [{ $set: { blockedUntil: "$$NOW" } }]);
const throttles = () => client.db(stack.databases.users).collection("throttles");
const familiar = () => client.db(stack.databases.users).collection("familiarAddresses");

const expectFree = (codes: unknown[], free: number) => {
  expect(codes.filter((code) => code === "INVALID_CREDENTIALS")).toHaveLength(free);
  expect(codes.filter((code) => code === "RATE_LIMITED")).toHaveLength(codes.length - free);
};

describe("wrong passwords from one address", () => {
  test("are looked at 5 times, of 50 that come at once", async () => {
    const { username } = await account("at.once");
    const address = newAddress();
    expectFree(await simultaneously(50, async () => codeOf(await wrong(username, address))), 5);
  });

  test("are looked at 5 times, of 50 that come to two replicas", async () => {
    const { username } = await account("replicated");
    const address = newAddress();
    const doors = [users, new UsersApi(replica.url)];
    expectFree(await simultaneously(50, async (index) => codeOf(await wrong(username, address, doors[index % 2]))), 5);
  });

  test("count one by one in a request of many", async () => {
    const { username } = await account("aliased");
    const headers = headersAt(newAddress());
    const field = (name: string, secret: string) =>
      `${name}: login(input: { username: "${username}", password: "${secret}" }) { expiresAt }`;
    const wrongOnes = Array.from({ length: 49 }, (_, index) => field(`wrong${index}`, "a wrong guess"));
    const request = `mutation { ${[field("right", password), ...wrongOnes].join(" ")} }`;
    // The first wrong one takes the answer away, and with it the rest of the request.
    expectCode(await users.query(request, {}, { headers }), "INVALID_CREDENTIALS");
    const more = `mutation { ${wrongOnes.join(" ")} }`;
    for (let round = 0; round < 4; round++) expectCode(await users.query(more, {}, { headers }), "INVALID_CREDENTIALS");
    expectCode(await users.query(more, {}, { headers }), "RATE_LIMITED");
  });

  test("shut out the right one there, for as long as is said, and nowhere else", async () => {
    const { username, home } = await account("besieged");
    const address = newAddress();
    await wrongTimes(5, username, () => address);
    const { retryAfterSeconds } = expectCode(await login(username, password, address), "RATE_LIMITED");
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
    for (const other of [home, newAddress()]) expect((await login(username, password, other)).errors).toBeUndefined();
    await endDelays();
    expect((await login(username, password, address)).errors).toBeUndefined();
  });

  test("are forgotten when the right one follows", async () => {
    const { username } = await account("absent.minded");
    const address = newAddress();
    for (let round = 0; round < 3; round++) {
      await wrongTimes(4, username, () => address);
      expect((await login(username, password, address)).errors).toBeUndefined();
    }
  });

  test("are forgotten an hour after the delay", async () => {
    const { username } = await account("next.day");
    const address = newAddress();
    await wrongTimes(5, username, () => address);
    const aged = { $subtract: ["$expiresAt", (3_600 + 60) * 1_000] };
    await throttles().updateMany({}, [{ $set: { expiresAt: aged, blockedUntil: aged } }]);
    await wrongTimes(5, username, () => address);
    expectCode(await wrong(username, address), "RATE_LIMITED");
  });

  test("for many names are looked at 20 times, and keep nobody out who was there before", async () => {
    const { username, home } = await account("neighbour");
    for (let index = 0; index < 20; index++) await wrong(`sprayed.${index}`, home);
    expectCode(await wrong("sprayed.more", home), "RATE_LIMITED");
    expect((await login(username, password, home)).errors).toBeUndefined();
  });

  test("for many names are not forgotten for somebody who has an account", async () => {
    const { username } = await account("insider");
    const address = newAddress();
    for (let index = 0; index < 19; index++) await wrong(`guessed.${index}`, address);
    expect((await login(username, password, address)).errors).toBeUndefined();
    expectCode(await wrong("guessed.19", address), "USER_NOT_FOUND");
    expectCode(await wrong("guessed.20", address), "RATE_LIMITED");
  });

  test("count for all of an IPv6 /64, and for no other", async () => {
    const { username } = await account("next.generation");
    await wrongTimes(5, username, (index) => `2001:db8:1:2:${index}::${index}`);
    expectCode(await wrong(username, "2001:db8:1:2:ffff::1"), "RATE_LIMITED");
    expectCode(await wrong(username, "2001:db8:1:3::1"), "INVALID_CREDENTIALS");
  });

  test("count for the address of the connection, whatever address somebody else than the router tells", async () => {
    const { username } = await account("spoofed");
    const told = (address: string) =>
      users.login(username, "a wrong guess", { headers: { "x-client-address": address } });
    for (let index = 0; index < 5; index++) expectCode(await told(newAddress()), "INVALID_CREDENTIALS");
    expectCode(await told(newAddress()), "RATE_LIMITED");
  });
});

describe("wrong passwords from many addresses", () => {
  test("are looked at 12 times for one name, and keep nobody out where they were seen", async () => {
    const { username, home } = await account("surrounded");
    const travelled = newAddress();
    expect((await login(username, password, travelled)).errors).toBeUndefined();
    await wrongTimes(12, username, newAddress);
    expectCode(await wrong(username, newAddress()), "RATE_LIMITED");
    for (const seen of [home, travelled]) expect((await login(username, password, seen)).errors).toBeUndefined();
  });

  test("are counted for a name no more than an address has free, however patient one is", async () => {
    const { username } = await account("outlasted");
    const address = newAddress();
    for (let index = 0; index < 30; index++) {
      await endDelays();
      expectCode(await wrong(username, address), "INVALID_CREDENTIALS");
    }
    expect((await login(username, password, newAddress())).errors).toBeUndefined();
  });
});

test("a name that nobody has is slowed down like any other", async () => {
  await using discreet = await startUsersProcess(settings({ LOGIN_REVEALS_UNKNOWN_USER: "false" }));
  const door = new UsersApi(discreet.url);
  const { username } = await account("somebody");
  const answersFor = async (name: string) => {
    const [one, ...others] = Array.from({ length: 14 }, newAddress);
    const addresses = [...Array.from({ length: 7 }, () => one as string), ...others];
    const answers: unknown[] = [];
    for (const address of addresses) {
      const { errors } = await wrong(name, address, door);
      answers.push(errors?.map(({ message, extensions }) => ({ message: message.replace(/\d+/, "N"), ...extensions })));
    }
    return answers;
  };
  const known = await answersFor(username);
  const withoutSeconds = (answers: unknown[]) => JSON.stringify(answers).replace(/"retryAfterSeconds":\d+/g, "");
  expect(withoutSeconds(await answersFor("nobody"))).toBe(withoutSeconds(known));
  expect(new Set(known.map((errors) => (errors as { code: string }[])[0]?.code))).toEqual(
    new Set(["INVALID_CREDENTIALS", "RATE_LIMITED"]),
  );
});

test("the delay doubles, is not made longer by trying, and ends", async () => {
  await using hasty = await startUsersProcess(settings({ THROTTLE_FIRST_DELAY_MS: "1000" }));
  const door = new UsersApi(hasty.url);
  const { username } = await account("impatient");
  const address = newAddress();
  await wrongTimes(4, username, () => address);
  /** Tries without a pause until it is let in; returns what it was told to wait at first. */
  const insist = async (secret: string) => {
    let told = 0;
    await waitUntil(
      async () => {
        const answer = await login(username, secret, address, door);
        if (codeOf(answer) !== "RATE_LIMITED") return true;
        told ||= Number(answer.errors?.[0]?.extensions.retryAfterSeconds);
        return false;
      },
      { timeoutMs: 20_000, what: "the delay to end" },
    );
    return told;
  };
  expectCode(await wrong(username, address, door), "INVALID_CREDENTIALS");
  const first = await insist("a wrong guess");
  const second = await insist("a wrong guess");
  const third = await insist(password);
  // A slow machine sees less of them, never more.
  for (const [told, seconds] of [
    [first, 1],
    [second, 2],
    [third, 4],
  ] as const)
    expect(told).toBeLessThanOrEqual(seconds);
  expect(third).toBeGreaterThan(first);
  expect((await login(username, password, address, door)).errors).toBeUndefined();
});

describe("other things that can be tried too often:", () => {
  test("making accounts, from one address", async () => {
    const headers = headersAt(newAddress());
    const register = (index: number) => users.register({ username: `crowd.${index}`, password }, { headers });
    for (let index = 0; index < 4; index++) expect((await register(index)).errors).toBeUndefined();
    expectCode(await register(4), "RATE_LIMITED");
    await account("crowd.elsewhere");
  });

  test("refresh tokens that are not good, from one address; good ones never", async () => {
    const { username } = await account("refreshing");
    const headers = headersAt(newAddress());
    const refresh = (refreshToken: string) =>
      users.query(
        "mutation($t: String!) { refreshSession(input: { refreshToken: $t }) { refreshToken } }",
        { t: refreshToken },
        { headers },
      );
    const { data } = await users.query(
      "mutation($i: LoginInput!) { login(input: $i) { refreshToken } }",
      { i: { username, password, refreshToken: "PAYLOAD" } },
      { headers },
    );
    let good: string = data.login.refreshToken;
    for (let index = 0; index < 8; index++) good = (await refresh(good)).data.refreshSession.refreshToken;
    for (let index = 0; index < 4; index++) expectCode(await refresh(`trt_${"x".repeat(43)}`), "UNAUTHENTICATED");
    expectCode(await refresh(`trt_${"x".repeat(43)}`), "RATE_LIMITED");
  });

  test("guesses at the password of an account that one is signed in to", async () => {
    const { token } = await account("signed.in");
    const change = (currentPassword: string) =>
      users.query(
        "mutation($i: ChangePasswordInput!) { changePassword(input: $i) { endedSessions } }",
        { i: { currentPassword, newPassword: "another battery" } },
        { token },
      );
    for (let index = 0; index < 3; index++) expectCode(await change("a wrong guess"), "INVALID_CREDENTIALS");
    expectCode(await change(password), "RATE_LIMITED");
    await endDelays();
    expect((await change(password)).errors).toBeUndefined();
  });
});

test("of the addresses where an account was seen, the last 50 are kept", async () => {
  const { username, home } = await account("globetrotter");
  const accountId = (await familiar().findOne({ _id: { $regex: ` ${home}$` } as never }))?.accountId;
  const old = Array.from({ length: 60 }, (_, index) => ({
    ...{ _id: `${accountId} old-${index}` as never, accountId },
    expiresAt: new Date(Date.now() + 86_400_000 + index),
  }));
  await familiar().insertMany(old);
  await login(username, password, newAddress());
  expect(await familiar().countDocuments({ accountId })).toBe(50);
  expect(await familiar().countDocuments({ _id: `${accountId} ${home}` as never })).toBe(1);
});

test("neither names nor addresses can be read from the counters", async () => {
  const { username } = await account("discreet.name");
  const address = newAddress();
  await wrong(username, address);
  const stored = JSON.stringify(await throttles().find().toArray());
  expect(stored).not.toContain(username);
  expect(stored).not.toContain(address);
});
