import { type Stack, startStack } from "@tareas/local-stack/start-stack";
import { waitUntil } from "@tareas/local-stack/wait-until";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectCode, password, simultaneously, UsersApi } from "./users-api.ts";
import { startUsersProcess } from "./users-process.ts";

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ services: ["users"] });
});
afterAll(() => stack?.[Symbol.asyncDispose]());

const startUsers = (env: NodeJS.ProcessEnv) =>
  startUsersProcess({
    MONGODB_URI: stack.mongodb.uri,
    MONGODB_DATABASE: stack.databases.users,
    AUTH_PRIVATE_KEY_FILE: stack.serviceKeyFile.replace("service.key", "access-token.pem"),
    SERVICE_KEY_FILE: stack.serviceKeyFile,
    ...env,
  });

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

test("while 300 people sign in at once, those who are signed in are answered, and so are asked for the keys", {
  timeout: 300_000,
}, async () => {
  await using server = await startUsers({
    ...{ HASHING_QUEUE: "400", THROTTLE_LOGIN_FREE: "100" },
    ...{ REQUEST_TIMEOUT_MS: "300000", IDLE_TIMEOUT_MS: "600000" }, // a slow machine takes more than a minute for the storm
  });
  const users = new UsersApi(server.url);
  const { token } = await users.newAccount("calm");
  const names = Array.from({ length: 10 }, (_, index) => `stormy.${index}`);
  for (const name of names) await users.newAccount(name);

  /** Asks 50 times, one after the other; returns how long each took. */
  const askFiftyTimes = async (ask: () => Promise<boolean>) => {
    const times: number[] = [];
    for (let index = 0; index < 50; index++) {
      const startedAt = performance.now();
      expect(await ask()).toBe(true);
      times.push(performance.now() - startedAt);
    }
    return median(times);
  };
  const askForMe = () => askFiftyTimes(async () => (await users.me(token)).errors === undefined);
  const askForKeys = () =>
    askFiftyTimes(async () => {
      const response = await fetch(`${server.url}/.well-known/jwks.json`);
      await response.arrayBuffer();
      return response.ok;
    });

  const calm = { me: await askForMe(), keys: await askForKeys() };
  let answered = 0;
  const startedAt = performance.now();
  const storm = simultaneously(300, async (index) => {
    const { errors } = await users.login(names[index % names.length], password);
    answered++;
    return errors;
  });
  const [me, keys] = await Promise.all([askForMe(), askForKeys()]);
  const answeredMeanwhile = answered;
  expect((await storm).filter((errors) => errors !== undefined)).toEqual([]);

  const figures = (what: string, before: number, during: number) =>
    `${what}: ${before.toFixed(1)} ms, in the storm ${during.toFixed(1)} ms (${(during / before).toFixed(1)} times)`;
  console.info(figures("me", calm.me, me), figures("keys", calm.keys, keys));
  console.info(
    `${answeredMeanwhile} of 300 logins were answered by then; all in ${Math.round(performance.now() - startedAt)} ms`,
  );
  expect(answeredMeanwhile).toBeLessThan(300);
});

test("more logins than may wait are told to come back in a second, and it is not counted against them", {
  timeout: 60_000,
}, async () => {
  await using server = await startUsers({
    ...{ HASHING_IN_FLIGHT: "1", HASHING_QUEUE: "2" },
    ...{ THROTTLE_LOGIN_FREE: "20", THROTTLE_FIRST_DELAY_MS: "60000" },
  });
  const users = new UsersApi(server.url);
  await users.newAccount("crowded");
  const guess = () => users.login("crowded", "a wrong guess");
  const answers = await simultaneously(19, guess);
  const turnedAway = answers.filter(({ errors }) => errors?.[0]?.extensions.code === "RATE_LIMITED");
  expect(turnedAway.length).toBeGreaterThan(0);
  for (const answer of turnedAway) expect(expectCode(answer, "RATE_LIMITED").retryAfterSeconds).toBe(1);

  for (let index = 0; index <= turnedAway.length; index++) expectCode(await guess(), "INVALID_CREDENTIALS");
  expect(expectCode(await guess(), "RATE_LIMITED").retryAfterSeconds).toBeGreaterThan(1);
});

test("who goes away while a password waits for its turn costs no hash, and has made no try", {
  timeout: 60_000,
}, async () => {
  await using server = await startUsers({
    ...{ HASHING_IN_FLIGHT: "1", HASHING_QUEUE: "100", LOG_LEVEL: "debug" },
    ...{ THROTTLE_LOGIN_FREE: "20", THROTTLE_FIRST_DELAY_MS: "60000" },
  });
  const users = new UsersApi(server.url);
  await users.newAccount("patient");
  const hashes = () => server.logs.filter((line) => line.includes("a password was hashed")).length;
  const before = hashes();
  const leaving = new AbortController();
  const storm = simultaneously(19, () => users.login("patient", password, { signal: leaving.signal }).catch(() => {}));
  await waitUntil(() => hashes() - before >= 2, { timeoutMs: 20_000, what: "the storm to be under way" });
  const hashedInStorm = hashes() - before;
  leaving.abort();
  await storm;
  expect((await users.login("patient", password)).errors).toBeUndefined();
  // One was being computed, one more may have begun before the connections were seen to close, and one is the last login's.
  expect(hashes() - before - hashedInStorm).toBeLessThanOrEqual(3);
});
